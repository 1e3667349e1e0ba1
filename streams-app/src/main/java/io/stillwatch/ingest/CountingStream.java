package io.stillwatch.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that come through; the count may be read by another thread, for a progress bar. */
final class CountingStream extends FilterInputStream {
    private final AtomicLong count = new AtomicLong();

    CountingStream(InputStream in) {
        super(in);
    }

    long count() {
        return count.get();
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count.addAndGet(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        count.addAndGet(Math.max(0, read));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

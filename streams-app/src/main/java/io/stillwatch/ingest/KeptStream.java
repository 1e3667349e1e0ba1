package io.stillwatch.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps what is read of a stream, as far as it may, so that it can be read once more: of a pipe nobody else has it. */
final class KeptStream extends FilterInputStream {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** @param most to keep, from the beginning; bytes */
    KeptStream(InputStream in, int most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        if (read > 0) {
            kept.write(target, from, Math.min(read, most - kept.size()));
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What was read and kept, from the beginning. */
    InputStream again() {
        return new ByteArrayInputStream(kept.toByteArray());
    }
}

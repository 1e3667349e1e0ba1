package io.stillwatch.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends unpacked data that is so much longer than what it is unpacked from that it can be no log: a few kilobytes can stand
 * for terabytes, which would be read for days.
 */
final class BoundedExpansion extends FilterInputStream {
    /** Logs of one repeated request come to less than 200. */
    static final int MOST_TIMES = 500;

    /** What any compressed data may come to. Bytes. */
    static final long FREE = 64L << 20;

    private final CountingStream packed;
    private long unpacked;

    /**
     * @param packed what is unpacked
     * @param unpacked the same, unpacked
     */
    BoundedExpansion(CountingStream packed, InputStream unpacked) {
        super(unpacked);
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        return SingleByte.of(this);
    }

    /** @throws CorruptInputException where it comes to too much */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (unpacked > FREE && unpacked / MOST_TIMES > packed.count()) {
            throw new CorruptInputException("the compressed data comes to more than " + MOST_TIMES
                    + " times its length, which no log does; if it is one, unpack it first");
        }
        int read = super.read(target, from, length);
        unpacked += Math.max(0, read);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

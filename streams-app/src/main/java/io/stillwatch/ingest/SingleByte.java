package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;

/** The reading of one byte, for streams that are made to be read by many. */
final class SingleByte {
    private SingleByte() {}

    /** What {@link InputStream#read()} has to give, read by {@link InputStream#read(byte[], int, int)}. */
    static int of(InputStream in) throws IOException {
        byte[] one = new byte[1];
        int read = in.read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }
}

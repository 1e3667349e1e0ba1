package io.stillwatch.schema.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of Avro single-object encoding.
 *
 * <pre>
 *  byte 0     1     2 .. 9                                       10 ..
 *       0xC3  0x01  schema fingerprint (64 bits, little endian)  Avro binary body
 * </pre>
 *
 * <p>Source: Apache Avro specification, "Single-object encoding".
 */
final class SingleObjectFormat {
    static final int HEADER_LENGTH = 10;

    private static final byte MARKER = (byte) 0xC3;
    private static final byte VERSION = 0x01;

    private SingleObjectFormat() {}

    static boolean isMarked(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == MARKER && bytes[1] == VERSION;
    }

    static byte[] header(long fingerprint) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .put(VERSION)
                .putLong(fingerprint)
                .array();
    }

    /** Reads the fingerprint of a message that is at least {@link #HEADER_LENGTH} bytes long. */
    static long fingerprint(byte[] bytes) {
        long fingerprint = 0;
        for (int i = HEADER_LENGTH - 1; i >= 2; i--) {
            fingerprint = fingerprint << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return fingerprint;
    }
}

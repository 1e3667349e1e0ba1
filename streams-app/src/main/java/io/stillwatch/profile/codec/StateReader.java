package io.stillwatch.profile.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link StateWriter} wrote.
 *
 * <p>Every method throws {@link CorruptStateException} when the bytes end early or cannot be what was written.
 */
public final class StateReader {
    private final byte[] bytes;
    private int at;

    public StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int readByte() {
        need(1);
        return bytes[at++];
    }

    public long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptStateException("a number is longer than 64 bits");
    }

    /**
     * Reads a count that an array will be made for.
     *
     * @param most the largest count the format allows
     */
    public int readCount(int most) {
        long count = readUnsigned();
        if (count < 0 || count > most) {
            throw new CorruptStateException("a count of " + count + " where at most " + most + " is possible");
        }
        return (int) count;
    }

    public long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    public long readLong() {
        need(8);
        long value = 0;
        for (int read = 0; read < 8; read++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    public int readInt() {
        need(4);
        int value = 0;
        for (int read = 0; read < 4; read++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    public byte[] readBytes(int count) {
        need(count);
        byte[] value = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return value;
    }

    public String readString() {
        return new String(readBytes(readCount(bytes.length - at)), StandardCharsets.UTF_8);
    }

    public boolean atEnd() {
        return at == bytes.length;
    }

    /** All of what is read; for {@link BitReader}, which does not ask for each byte by itself. */
    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    void goTo(int position) {
        at = position;
    }

    private void need(int count) {
        if (count < 0 || bytes.length - at < count) {
            throw new CorruptStateException(
                    "the state ends after " + bytes.length + " bytes, in the middle of a value");
        }
    }
}

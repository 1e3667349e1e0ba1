package io.stillwatch.profile.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer with the variable-length integers of the stored encodings (LEB128, zigzag when signed). */
public final class StateWriter {
    private byte[] bytes = new byte[512];
    private int size;

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Writes an unsigned number: seven bits a byte, low bits first. */
    public void writeUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Writes a signed number: zigzag, then as {@link #writeUnsigned}. */
    public void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    /** Writes eight bytes, big-endian. */
    public void writeLong(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Writes four bytes, big-endian. */
    public void writeInt(int value) {
        ensure(4);
        bytes[size] = (byte) (value >>> 24);
        bytes[size + 1] = (byte) (value >>> 16);
        bytes[size + 2] = (byte) (value >>> 8);
        bytes[size + 3] = (byte) value;
        size += 4;
    }

    public void writeBytes(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Writes the length in UTF-8 bytes, then the bytes. */
    public void writeString(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(encoded.length);
        writeBytes(encoded);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void reset() {
        size = 0;
    }
}

package io.stillwatch.profile.codec;

/**
 * Writes numbers of a few bits each, highest bit first, to a {@link StateWriter}; {@link #finish} fills the last byte
 * with zeros.
 *
 * <p>The codes need no parameters but what the reader knows already, so small numbers, empty counters and crowded keys
 * cost next to nothing and every list has a ceiling: truncated binary, Elias's gamma code (Elias 1975), Rice codes (Rice
 * 1979), and binary interpolative coding of sorted lists (Moffat and Stuiver 2000) with its counterpart for counters of
 * a known total.
 */
public final class BitWriter {
    /** Longest unary part of a Rice code; what would be longer follows as a plain number. */
    static final int LONGEST_UNARY = 24;

    private final StateWriter out;
    private long held;
    private int heldBits;

    /** Writes bits behind what a writer of bytes holds. */
    public BitWriter(StateWriter out) {
        this.out = out;
    }

    /** Writes the low bits of a value; {@code width} is 0 to 64. */
    public void bits(long value, int width) {
        if (width > 32) {
            append(value >>> 32, width - 32);
            append(value, 32);
        } else {
            append(value, width);
        }
    }

    private void append(long value, int width) {
        held = held << width | value & (1L << width) - 1;
        heldBits += width;
        if (heldBits >= Integer.SIZE) {
            heldBits -= Integer.SIZE;
            out.writeInt((int) (held >>> heldBits));
        }
    }

    /** Writes one bit. */
    public void flag(boolean set) {
        append(set ? 1 : 0, 1);
    }

    /** Elias's gamma code of {@code value + 1}: 1 bit for 0, 3 bits up to 2, 5 up to 6. */
    public void gamma(int value) {
        long coded = value + 1L;
        int length = 64 - Long.numberOfLeadingZeros(coded);
        append(0, length - 1);
        append(coded, length);
    }

    /** Any number of 64 bits, taken as unsigned: the gamma code of its length, then its bits below the leading one. */
    public void number(long value) {
        int length = 64 - Long.numberOfLeadingZeros(value);
        gamma(length);
        if (length > 1) {
            bits(value, length - 1);
        }
    }

    /** A number near zero on either side. */
    public void signed(long value) {
        number(zigzag(value));
    }

    /** Truncated binary: as few bits as a number from 0 to {@code bound - 1} needs; none when there is no choice. */
    public void below(long value, long bound) {
        int width = 63 - Long.numberOfLeadingZeros(bound);
        // The first codes are one bit short, so that none is wasted.
        long shorter = (2L << width) - bound;
        if (value < shorter) {
            bits(value, width);
        } else {
            bits(value + shorter, width + 1);
        }
    }

    /** A part of a whole that is known: cheapest when it is nothing or everything. */
    public void part(long value, long whole) {
        if (whole == 0) {
            return;
        }
        flag(value != 0);
        if (value == 0 || whole == 1) {
            return;
        }
        flag(value != whole);
        if (value != whole) {
            below(value - 1, whole - 1);
        }
    }

    /** A Rice code of a number taken as unsigned: {@code value >> parameter} in unary, then the low bits. */
    public void rice(int value, int parameter) {
        long quotient = Integer.toUnsignedLong(value) >>> parameter;
        if (quotient >= LONGEST_UNARY) {
            append((1L << LONGEST_UNARY) - 1, LONGEST_UNARY);
            number(Integer.toUnsignedLong(value));
            return;
        }
        int ones = (int) quotient;
        long unary = (1L << ones + 1) - 2;
        if (ones + 1 + parameter <= Integer.SIZE) {
            append(unary << parameter | value & (1L << parameter) - 1, ones + 1 + parameter);
        } else {
            append(unary, ones + 1);
            append(value, parameter);
        }
    }

    /** Bits that {@link #rice} takes, were there no end to its unary part. */
    public static long riceBits(int value, int parameter) {
        return (Integer.toUnsignedLong(value) >>> parameter) + 1 + parameter;
    }

    /**
     * Sorted different numbers, by binary interpolative coding: the middle one within the bounds that the others leave
     * it, then each half. Runs without a gap are free.
     *
     * @param lowest the least possible number, inclusive
     * @param highest the largest possible number, inclusive
     */
    public void sorted(long[] values, int from, int to, long lowest, long highest) {
        if (from == to) {
            return;
        }
        int middle = (from + to) >>> 1;
        long least = lowest + (middle - from);
        below(values[middle] - least, highest - (to - 1 - middle) - least + 1);
        sorted(values, from, middle, lowest, values[middle] - 1);
        sorted(values, middle + 1, to, values[middle] + 1, highest);
    }

    /** Bits that {@link #sorted} takes, at most. */
    public static long sortedBits(long[] values, int from, int to, long lowest, long highest) {
        if (from == to) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long choices = highest - lowest + 1 - (to - 1 - from);
        return Long.SIZE
                - Long.numberOfLeadingZeros(choices - 1)
                + sortedBits(values, from, middle, lowest, values[middle] - 1)
                + sortedBits(values, middle + 1, to, values[middle] + 1, highest);
    }

    /** Counters whose total the reader knows: how much of it lies in the first half, then each half. */
    public void split(int[] counts, long total) {
        split(counts, 0, counts.length, total);
    }

    private void split(int[] counts, int from, int to, long total) {
        if (total == 0 || to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        long left = 0;
        for (int at = from; at < middle; at++) {
            left += counts[at];
        }
        below(left, total + 1);
        split(counts, from, middle, left);
        split(counts, middle, to, total - left);
    }

    /** The same of counters of a byte each, unsigned. */
    public void split(byte[] counts, long total) {
        split(counts, 0, counts.length, total);
    }

    private void split(byte[] counts, int from, int to, long total) {
        if (total == 0 || to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        int left = 0;
        for (int at = from; at < middle; at++) {
            left += counts[at] & 0xFF;
        }
        below(left, total + 1);
        split(counts, from, middle, left);
        split(counts, middle, to, total - left);
    }

    /** Fills the last byte up; nothing may be written after it. */
    public void finish() {
        while (heldBits > 0) {
            heldBits -= Byte.SIZE;
            out.writeByte((int) (heldBits >= 0 ? held >>> heldBits : held << -heldBits));
        }
        heldBits = 0;
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}

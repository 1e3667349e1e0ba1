package io.stillwatch.profile;

/**
 * Reads what {@link BitWriter} wrote, from where a {@link StateReader} stands; after {@link #finish} that one stands at
 * the next byte.
 *
 * <p>Every method throws {@link CorruptStateException} when the bytes end early or cannot be what was written.
 */
final class BitReader {
    private final StateReader in;
    private long held;
    private int heldBits;

    BitReader(StateReader in) {
        this.in = in;
    }

    long bits(int width) {
        return width > 32 ? take(width - 32) << 32 | take(32) : take(width);
    }

    private long take(int width) {
        while (heldBits < width) {
            held = held << 8 | in.readByte() & 0xFF;
            heldBits += 8;
        }
        heldBits -= width;
        return held >>> heldBits & (1L << width) - 1;
    }

    boolean flag() {
        return take(1) == 1;
    }

    /** Reads a gamma code; {@code most} is the largest value the format allows. */
    int gamma(int most) {
        int zeros = 0;
        while (!flag()) {
            zeros++;
            if (zeros > 31) {
                throw new CorruptStateException("a count is longer than 32 bits");
            }
        }
        long value = (1L << zeros | take(zeros)) - 1;
        if (value > most) {
            throw new CorruptStateException("a count of " + value + " where at most " + most + " is possible");
        }
        return (int) value;
    }

    long number() {
        int length = gamma(64);
        return length < 2 ? length : 1L << length - 1 | bits(length - 1);
    }

    /** Reads a number that cannot be below 0 nor above {@code most}. */
    long number(long most) {
        long value = number();
        if (value < 0 || value > most) {
            throw new CorruptStateException(
                    "a number of " + Long.toUnsignedString(value) + " where at most " + most + " is possible");
        }
        return value;
    }

    long signed() {
        return unzigzag(number());
    }

    long below(long bound) {
        if (bound < 1) {
            throw new CorruptStateException("more different numbers than the range has room for");
        }
        int width = 63 - Long.numberOfLeadingZeros(bound);
        long shorter = (2L << width) - bound;
        long value = bits(width);
        return value < shorter ? value : (value << 1 | take(1)) - shorter;
    }

    long part(long whole) {
        if (whole == 0 || !flag()) {
            return 0;
        }
        return whole == 1 || !flag() ? whole : 1 + below(whole - 1);
    }

    int rice(int parameter) {
        int quotient = 0;
        while (quotient < BitWriter.LONGEST_UNARY && flag()) {
            quotient++;
        }
        return (int)
                (quotient == BitWriter.LONGEST_UNARY
                        ? number(0xFFFF_FFFFL)
                        : (long) quotient << parameter | take(parameter));
    }

    void sorted(long[] values, int from, int to, long lowest, long highest) {
        if (from == to) {
            return;
        }
        int middle = (from + to) >>> 1;
        long least = lowest + (middle - from);
        values[middle] = least + below(highest - (to - 1 - middle) - least + 1);
        sorted(values, from, middle, lowest, values[middle] - 1);
        sorted(values, middle + 1, to, values[middle] + 1, highest);
    }

    /** Reads counters of a known total; {@code counts} must be all zero. */
    void split(int[] counts, long total) {
        if (total < 0 || total > Integer.MAX_VALUE) {
            throw new CorruptStateException("counters that add up to " + total);
        }
        split(counts, 0, counts.length, (int) total);
    }

    private void split(int[] counts, int from, int to, int total) {
        if (total == 0 || from == to) {
            return;
        }
        if (to - from == 1) {
            counts[from] = total;
            return;
        }
        int middle = (from + to) >>> 1;
        int left = (int) below(total + 1L);
        split(counts, from, middle, left);
        split(counts, middle, to, total - left);
    }

    /** Goes to the next byte; what filled the last one must be zeros. */
    void finish() {
        if (take(heldBits) != 0) {
            throw new CorruptStateException("the last byte is filled with something else than zeros");
        }
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}

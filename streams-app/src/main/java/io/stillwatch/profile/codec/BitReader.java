package io.stillwatch.profile.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads what {@link BitWriter} wrote, from where a {@link StateReader} stands; after {@link #finish} that one stands at
 * the next byte.
 *
 * <p>Every method throws {@link CorruptStateException} when the bytes end early or cannot be what was written.
 */
public final class BitReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final StateReader in;
    private final byte[] bytes;
    private int at;

    /** The next bits, the first one highest; below {@link #heldBits} of them there may be more that are not counted. */
    private long held;

    private int heldBits;

    /** Reads bits from where a reader of bytes stands. */
    public BitReader(StateReader in) {
        this.in = in;
        this.bytes = in.bytes();
        this.at = in.position();
    }

    /** A number of so many bits, 0 to 64. */
    public long bits(int width) {
        return width > 32 ? take(width - 32) << 32 | take(32) : take(width);
    }

    private long take(int width) {
        hold(width);
        // Two shifts, as one by 64 would be one by 0.
        long value = held >>> 1 >>> 63 - width;
        drop(width);
        return value;
    }

    private void drop(int width) {
        held <<= width;
        heldBits -= width;
    }

    /** Makes sure that so many bits are held, 56 at most. */
    private void hold(int width) {
        if (heldBits < width) {
            fill();
            if (heldBits < width) {
                throw new CorruptStateException(
                        "the state ends after " + bytes.length + " bytes, in the middle of a value");
            }
        }
    }

    /** Fills up to at least 56 bits, or to the end; after Giesen 2018, "Reading bits in far too many ways", variant 4. */
    private void fill() {
        if (bytes.length - at >= Long.BYTES) {
            held |= (long) LONGS.get(bytes, at) >>> heldBits;
            at += 63 - heldBits >>> 3;
            heldBits |= 56;
        } else {
            while (heldBits <= 56 && at < bytes.length) {
                held |= (bytes[at++] & 0xFFL) << 56 - heldBits;
                heldBits += 8;
            }
        }
    }

    /** One bit. */
    public boolean flag() {
        return take(1) == 1;
    }

    /** Reads a gamma code; {@code most} is the largest value the format allows. */
    public int gamma(int most) {
        hold(1);
        if (heldBits < 32) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(held);
        if (zeros > 31 && heldBits > 31) {
            throw new CorruptStateException("a count is longer than 32 bits");
        }
        hold(zeros + 1);
        drop(zeros + 1);
        long value = (1L << zeros | take(zeros)) - 1;
        if (value > most) {
            throw new CorruptStateException("a count of " + value + " where at most " + most + " is possible");
        }
        return (int) value;
    }

    /** A number of any size from 0; small ones are short. */
    public long number() {
        int length = gamma(64);
        return length < 2 ? length : 1L << length - 1 | bits(length - 1);
    }

    /** Reads a number that cannot be below 0 nor above {@code most}. */
    public long number(long most) {
        long value = number();
        if (value < 0 || value > most) {
            throw new CorruptStateException(
                    "a number of " + Long.toUnsignedString(value) + " where at most " + most + " is possible");
        }
        return value;
    }

    /** A number of any sign; short when near 0. */
    public long signed() {
        return unzigzag(number());
    }

    /** A number from 0 to {@code bound} - 1. */
    public long below(long bound) {
        if (bound < 1) {
            throw new CorruptStateException("more different numbers than the range has room for");
        }
        int width = 63 - Long.numberOfLeadingZeros(bound);
        long shorter = (2L << width) - bound;
        long value = bits(width);
        return value < shorter ? value : (value << 1 | take(1)) - shorter;
    }

    /** A number from 0 to {@code whole}. */
    public long part(long whole) {
        if (whole == 0 || !flag()) {
            return 0;
        }
        return whole == 1 || !flag() ? whole : 1 + below(whole - 1);
    }

    /** A Golomb-Rice code. */
    public int rice(int parameter) {
        hold(1);
        if (heldBits <= BitWriter.LONGEST_UNARY) {
            fill();
        }
        int quotient = Math.min(Long.numberOfLeadingZeros(~held), BitWriter.LONGEST_UNARY);
        int unary = Math.min(quotient + 1, BitWriter.LONGEST_UNARY);
        hold(unary);
        drop(unary);
        return (int)
                (quotient == BitWriter.LONGEST_UNARY
                        ? number(0xFFFF_FFFFL)
                        : (long) quotient << parameter | take(parameter));
    }

    /** Rising numbers, into a part of an array. */
    public void sorted(long[] values, int from, int to, long lowest, long highest) {
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
    public void split(int[] counts, long total) {
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
    public void finish() {
        int unread = heldBits >>> 3;
        if (take(heldBits & 7) != 0) {
            throw new CorruptStateException("the last byte is filled with something else than zeros");
        }
        in.goTo(at - unread);
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}

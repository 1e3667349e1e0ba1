package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import org.jspecify.annotations.Nullable;

/**
 * A sum of embedding vectors in fixed point, exact and in any order.
 *
 * <p>A fingerprint's components have the scale 1/127; they are rounded once more to 4/127, which saves two bits a
 * component in every pane. The components of one prompt are at most 32, so sums are exact up to 67 million prompts, after
 * which they wrap around.
 */
public final class VectorSum {
    public static final int DIMENSIONS = 128;

    /** Length of a unit vector once rounded: 127 / 4. */
    public static final double SCALE = 31.75;

    /** Prompts whose sums fit 16 bits for certain. */
    private static final int MOST_NARROW = Short.MAX_VALUE / 32;

    private static final int WIDEST_PARAMETER = 31;
    private static final int PARAMETER_BITS = 5;

    private short[] narrow = Empty.SHORTS;
    private int @Nullable [] wide;
    private int count;

    /** Adds a vector that begins at a place; gives its squared length as it was rounded. */
    int add(byte[] components, int start) {
        grow(1);
        int norm = 0;
        if (wide != null) {
            int[] sums = wide;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                int rounded = rounded(components[start + dimension]);
                sums[dimension] += rounded;
                norm += rounded * rounded;
            }
        } else {
            short[] sums = narrow;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                int rounded = rounded(components[start + dimension]);
                sums[dimension] = (short) (sums[dimension] + rounded);
                norm += rounded * rounded;
            }
        }
        return norm;
    }

    /** Takes a vector off. */
    void subtract(byte[] components, int start) {
        grow(1);
        if (wide != null) {
            int[] sums = wide;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                sums[dimension] -= rounded(components[start + dimension]);
            }
        } else {
            short[] sums = narrow;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                sums[dimension] = (short) (sums[dimension] - rounded(components[start + dimension]));
            }
        }
    }

    /** A component to a quarter, rounded to the nearest, halves to the even one: a quarter of all are halves, and must not add up. */
    public static int rounded(int component) {
        return component + 1 + (component >> 2 & 1) >> 2;
    }

    /** Counts vectors and makes room for their sums. */
    private void grow(int vectors) {
        count += vectors;
        if (wide != null) {
            return;
        }
        if (count > MOST_NARROW) {
            int[] sums = new int[DIMENSIONS];
            for (int dimension = 0; dimension < narrow.length; dimension++) {
                sums[dimension] = narrow[dimension];
            }
            wide = sums;
            narrow = Empty.SHORTS;
        } else if (narrow.length == 0) {
            narrow = new short[DIMENSIONS];
        }
    }

    /** The sum in a dimension, in units of 1/{@link #SCALE}. */
    int at(int dimension) {
        return wide != null ? wide[dimension] : narrow[dimension];
    }

    /** Vectors added and taken off. */
    int count() {
        return count;
    }

    void merge(VectorSum other) {
        if (other.count == 0) {
            return;
        }
        grow(other.count);
        if (wide == null) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                narrow[dimension] = (short) (narrow[dimension] + other.narrow[dimension]);
            }
        } else if (other.wide == null) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                wide[dimension] += other.narrow[dimension];
            }
        } else {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                wide[dimension] += other.wide[dimension];
            }
        }
    }

    /** The reader knows the count, above 0: 128 Rice codes with their parameter. */
    void write(BitWriter out) {
        int parameter = parameter();
        out.bits(parameter, PARAMETER_BITS);
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            out.rice(zigzag(at(dimension)), parameter);
        }
    }

    /** The parameter that gives the fewest bits, searched upwards from below the logarithm of the mean. */
    private int parameter() {
        long total = quotients(0);
        int parameter = Math.max(0, 62 - Long.numberOfLeadingZeros(total / DIMENSIONS + 1) - 1);
        while (parameter < WIDEST_PARAMETER && bits(parameter + 1) < bits(parameter)) {
            parameter++;
        }
        return parameter;
    }

    /** Bits that the sums' Rice codes take, were there no end to their unary parts. */
    private long bits(int parameter) {
        return quotients(parameter) + DIMENSIONS * (1L + parameter);
    }

    private long quotients(int parameter) {
        if (wide == null) {
            int quotients = 0;
            for (short sum : narrow) {
                quotients += zigzag(sum) >>> parameter;
            }
            return quotients;
        }
        long quotients = 0;
        for (int sum : wide) {
            quotients += Integer.toUnsignedLong(zigzag(sum)) >>> parameter;
        }
        return quotients;
    }

    private static int zigzag(int value) {
        return value << 1 ^ value >> 31;
    }

    /** Reads the sum of that many vectors, at least 1, into an empty one. */
    void read(BitReader in, int vectors) {
        grow(vectors);
        int parameter = (int) in.bits(PARAMETER_BITS);
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            int coded = in.rice(parameter);
            int sum = coded >>> 1 ^ -(coded & 1);
            if (wide != null) {
                wide[dimension] = sum;
            } else if (sum == (short) sum) {
                narrow[dimension] = (short) sum;
            } else {
                throw new CorruptStateException("a sum of " + vectors + " unit vectors has a component of " + sum);
            }
        }
    }

    long approximateBytes() {
        return HeapSize.object(12)
                + (wide != null
                        ? HeapSize.array(DIMENSIONS, 4)
                        : narrow.length > 0 ? HeapSize.array(DIMENSIONS, 2) : 0);
    }
}

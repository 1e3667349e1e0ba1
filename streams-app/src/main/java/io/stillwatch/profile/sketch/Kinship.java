package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;

/**
 * How alike neighbours in time are, and requests of one end user: sums of products of embeddings over pairs of requests, by
 * the distance between them. Exact sums, so they merge in any order; which pairs there are was told when requests arrived.
 */
public final class Kinship {
    /** A class of pairs. The position in this list is part of the stored encoding; new ones go to the end. */
    public enum Pairs {
        /** Two to five requests apart. */
        NEAR,

        /** Six to twenty requests apart. */
        MIDDLE,

        /** Forty to sixty-three requests apart. */
        FAR,

        /** Of one end user. */
        USER;

        private static final int NUMBER = values().length;

        @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
        private int position() {
            return ordinal();
        }
    }

    private static final double SQUARED_SCALE = VectorSum.SCALE * VectorSum.SCALE;

    /** Below it the prompts say the same but for what rounding adds. */
    private static final double LEAST_VARIANCE = 0.02;

    /** Of the product of two centred embeddings that have nothing to do with each other, over their mean square. */
    private static final double UNRELATED_DEVIATION = 0.16;

    private static final long[] NONE = new long[2 * Pairs.NUMBER];

    /** For each class its pairs, then for each the sum of their products; shared while there are none. */
    private long[] values = NONE;

    /**
     * Adds products of embeddings in the units of {@link VectorSum}.
     *
     * @param products how many
     * @param sum theirs
     */
    public void add(Pairs kind, int products, long sum) {
        if (products > 0) {
            own();
            values[kind.position()] += products;
            values[Pairs.NUMBER + kind.position()] += sum;
        }
    }

    private void own() {
        if (values == NONE) {
            values = new long[2 * Pairs.NUMBER];
        }
    }

    public void merge(Kinship other) {
        if (other.values != NONE) {
            own();
            for (int at = 0; at < values.length; at++) {
                values[at] += other.values[at];
            }
        }
    }

    public long pairs(Pairs kind) {
        return values[kind.position()];
    }

    /**
     * How much more alike the two requests of a pair are than any two: 0 when they have nothing to do with each other,
     * towards 1 when they say the same.
     *
     * <p>That is the correlation of the centred embeddings. The mean that is taken off is that of the same requests, which
     * by itself lowers the result by 1/n; that is put back.
     *
     * @param own where the prompts lie that the pairs were counted for
     * @param others where the account's prompts lie that they were compared with
     * @return NaN where there are no pairs, or the prompts all say the same
     */
    public double correlation(Pairs kind, PromptMean own, PromptMean others) {
        long count = pairs(kind);
        double expected = 0;
        double squared = 0;
        for (int at = 0; at < PromptMean.DIMENSIONS; at++) {
            expected += own.at(at) * others.at(at);
            squared += own.at(at) * own.at(at);
        }
        double variance = own.squaredNorm() - squared;
        if (count == 0 || variance <= LEAST_VARIANCE) {
            return Double.NaN;
        }
        double product = values[Pairs.NUMBER + kind.position()] / (SQUARED_SCALE * count);
        return Math.max(-1, Math.min(1, (product - expected) / variance + 1.0 / own.prompts()));
    }

    /** Standard deviation of {@link #correlation} where there is nothing to find, as measured on shuffled queues. */
    public double error(Pairs kind) {
        return pairs(kind) == 0 ? Double.NaN : UNRELATED_DEVIATION / Math.sqrt((double) pairs(kind));
    }

    /** Where nothing is known, a bit; else each class: pairs, and their sum if there are any. */
    public void write(BitWriter out) {
        out.flag(values != NONE);
        for (int at = 0; values != NONE && at < Pairs.NUMBER; at++) {
            out.number(values[at]);
            if (values[at] > 0) {
                out.signed(values[Pairs.NUMBER + at]);
            }
        }
    }

    public void read(BitReader in) {
        if (in.flag()) {
            own();
            for (int at = 0; at < Pairs.NUMBER; at++) {
                values[at] = in.number();
                values[Pairs.NUMBER + at] = values[at] > 0 ? in.signed() : 0;
            }
        }
    }

    public long approximateBytes() {
        return HeapSize.object(4) + (values == NONE ? 0 : HeapSize.array(values.length, 8));
    }
}

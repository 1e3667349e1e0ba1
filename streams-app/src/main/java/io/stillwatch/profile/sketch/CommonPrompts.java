package io.stillwatch.profile.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How often two members of a group sent the same prompt, against how often they could have.
 *
 * <p>Every member's sample of prompts is that of the smallest hashes, so below the largest hash of the shorter of two
 * samples both are complete: what they have in common there is counted exactly, however many prompts each sent (coordinated
 * bottom-k samples: Cohen and Kaplan 2007). Prompts are told apart by 32 bits of their hash. Of more than
 * {@value #MOST_MEMBERS} members those with the most complete samples count. Mutable and not thread-safe.
 */
public final class CommonPrompts {
    static final int MOST_MEMBERS = 2_000;

    /** Upper limit of a count of none, at 95 %: three (the rule of three). */
    private static final double LIMIT_OF_NONE = 3;

    private static final double ONE_SIDED = 1.645;

    private final List<int[]> samples = new ArrayList<>();
    private final List<Long> limits = new ArrayList<>();

    /** Takes in a member's prompts. */
    void add(int[] smallestHashes, boolean complete) {
        int[] sample = smallestHashes.clone();
        samples.add(sample);
        limits.add(complete ? 1L << Integer.SIZE : Integer.toUnsignedLong(sample[sample.length - 1]) + 1);
    }

    /**
     * What was found.
     *
     * @param pairs pairs of prompts of two members each that could have been the same, each counted for as many as it
     *     stands for among the different prompts that could have been sent
     * @param same pairs that are the same
     * @param prompts different prompts that were looked at
     */
    public record Found(double pairs, double same, long prompts) {
        /**
         * The number of prompts that members who choose as they like would have to choose from to send the same one so
         * rarely (Simpson 1949), at least, with 95 % confidence; NaN where there was no pair.
         */
        public double stock() {
            double most = same + LIMIT_OF_NONE + ONE_SIDED * Math.sqrt(same);
            return pairs == 0 ? Double.NaN : pairs / most;
        }
    }

    /** Counts. */
    public Found count() {
        Integer[] order = new Integer[samples.size()];
        Arrays.setAll(order, at -> at);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingLong(at -> -limits.get(at))
                        .thenComparing((one, other) -> Arrays.compare(samples.get(one), samples.get(other))));
        int members = Math.min(order.length, MOST_MEMBERS);
        double pairs = 0;
        long entries = 0;
        for (int at = 0; at < members; at++) {
            int[] shorter = samples.get(order[at]);
            entries += shorter.length;
            // Below a limit there is only that share of the stock to choose from.
            double share = (double) limits.get(order[at]) / (1L << Integer.SIZE);
            for (int before = 0; before < at; before++) {
                pairs += shorter.length * below(samples.get(order[before]), limits.get(order[at])) / share;
            }
        }
        int[] all = new int[(int) entries];
        int filled = 0;
        for (int at = 0; at < members; at++) {
            int[] sample = samples.get(order[at]);
            System.arraycopy(sample, 0, all, filled, sample.length);
            filled += sample.length;
        }
        Arrays.sort(all);
        double same = 0;
        long different = 0;
        for (int at = 0; at < all.length; ) {
            int next = at;
            while (next < all.length && all[next] == all[at]) {
                next++;
            }
            double holders = next - at;
            same += holders * (holders - 1) / 2;
            different++;
            at = next;
        }
        return new Found(pairs, same, different);
    }

    /** Hashes of a sample below a limit. */
    private static int below(int[] sample, long limit) {
        int low = 0;
        int high = sample.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.toUnsignedLong(sample[middle]) < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

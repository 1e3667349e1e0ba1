package io.stillwatch.profile.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

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

    /** What was found, kept until another member comes. */
    private @Nullable Found found;

    /** Takes in a member's prompts. */
    void add(int[] smallestHashes, boolean complete) {
        found = null;
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

    /** What the members have in common; counted once for as long as no other comes. */
    public Found count() {
        Found known = found == null ? counted() : found;
        found = known;
        return known;
    }

    private Found counted() {
        Integer[] order = new Integer[samples.size()];
        Arrays.setAll(order, at -> at);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingLong(at -> -limits.get(at))
                        .thenComparing((one, other) -> Arrays.compare(samples.get(one), samples.get(other))));
        int members = Math.min(order.length, MOST_MEMBERS);
        double pairs = 0;
        long entries = 0;
        HashCounts longer = new HashCounts();
        for (int at = 0; at < members; at++) {
            int[] shorter = samples.get(order[at]);
            entries += shorter.length;
            // Below a limit there is only that share of the stock to choose from.
            double share = (double) limits.get(order[at]) / (1L << Integer.SIZE);
            pairs += (double) shorter.length * longer.below(limits.get(order[at])) / share;
            longer.add(shorter);
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

    /** How many hashes lie below a limit, of all samples so far; limits never rise from one question to the next. */
    private static final class HashCounts {
        /** As unsigned numbers, the highest first. */
        private final PriorityQueue<Long> hashes = new PriorityQueue<>(Comparator.reverseOrder());

        void add(int[] sample) {
            for (int hash : sample) {
                hashes.add(Integer.toUnsignedLong(hash));
            }
        }

        int below(long limit) {
            while (!hashes.isEmpty() && hashes.peek() >= limit) {
                hashes.remove();
            }
            return hashes.size();
        }
    }
}

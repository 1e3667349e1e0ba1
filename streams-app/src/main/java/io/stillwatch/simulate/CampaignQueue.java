package io.stillwatch.simulate;

import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.Timing;

/**
 * The work queue of a campaign: items in order of time, each dealt to one member. Eight bytes an item for its time and
 * four for its place in its member's hand.
 */
final class CampaignQueue {
    private final long[] timesMs;
    private final int[] hands;
    private final int[] handBegins;

    /** The items of one member, in order of time. */
    static final class Work {
        /** For accounts that belong to no campaign. */
        static final Work NONE = new Work(null, 0, 0);

        private final CampaignQueue queue;
        private final int from;
        private final int size;

        private Work(CampaignQueue queue, int from, int size) {
            this.queue = queue;
            this.from = from;
            this.size = size;
        }

        boolean isEmpty() {
            return size == 0;
        }

        int item(int index) {
            return queue.hands[from + index];
        }

        long timeMs(int index) {
            return queue.timesMs[item(index)];
        }
    }

    /**
     * Deals the queue.
     *
     * @param capacities items that each member takes
     * @param deal how
     * @param timing when the items are due
     * @param beginMs begin of the campaign's time, milliseconds since 1970 UTC
     * @param spanMs its length
     * @param seed of the queue
     */
    CampaignQueue(int[] capacities, Deal deal, Timing timing, long beginMs, long spanMs, long seed) {
        long sum = 0;
        for (int capacity : capacities) {
            sum += capacity;
        }
        int items = Math.toIntExact(sum);
        timesMs = timing.begins(Chance.of(seed, "queue times"), beginMs, spanMs, new long[items]);
        java.util.Arrays.sort(timesMs);
        int[] dealt = deal(capacities, items, deal, Chance.of(seed, "deal"));
        handBegins = new int[capacities.length + 1];
        for (int m = 0; m < capacities.length; m++) {
            handBegins[m + 1] = handBegins[m] + capacities[m];
        }
        hands = new int[items];
        int[] next = handBegins.clone();
        for (int item = 0; item < items; item++) {
            hands[next[dealt[item]]++] = item;
        }
    }

    private static int[] deal(int[] capacities, int items, Deal deal, Chance chance) {
        int[] member = new int[items];
        int next = 0;
        switch (deal) {
            case ROUND_ROBIN -> {
                for (int round = 0; next < items; round++) {
                    for (int m = 0; m < capacities.length; m++) {
                        if (capacities[m] > round) {
                            member[next++] = m;
                        }
                    }
                }
            }
            case IN_TURN, RANDOM -> {
                for (int m = 0; m < capacities.length; m++) {
                    for (int i = 0; i < capacities[m]; i++) {
                        member[next++] = m;
                    }
                }
                for (int i = items - 1; deal == Deal.RANDOM && i > 0; i--) {
                    int j = chance.below(i + 1);
                    int swapped = member[i];
                    member[i] = member[j];
                    member[j] = swapped;
                }
            }
        }
        return member;
    }

    Work of(int member) {
        return new Work(this, handBegins[member], handBegins[member + 1] - handBegins[member]);
    }
}

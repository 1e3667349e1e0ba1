package io.stillwatch.simulate;

import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.Timing;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The work queue of a campaign's group: items in order of time, each dealt to one member. Eight bytes an item for its time
 * and four for its place in its member's hand.
 *
 * <p>Members sit on seats, one at a time: member m on seat m modulo the number of seats. Items are dealt to seats, and
 * whoever sits there takes them until it has all of its own, and leaves the seat to the next.
 */
final class CampaignQueue {
    private static final long ROUND_MS = 240_000;

    private final int firstItem;
    private final int seats;
    private final long[] timesMs;
    private final int[] hands;
    private final int[] handBegins;

    /** The items of one member, in order of time. */
    static final class Work {
        /** For accounts that belong to no campaign. */
        static final Work NONE = new Work(null, 0, 0, false);

        private final @Nullable CampaignQueue queue;
        private final int from;
        private final int size;
        private final boolean replaces;

        private Work(@Nullable CampaignQueue queue, int from, int size, boolean replaces) {
            this.queue = queue;
            this.from = from;
            this.size = size;
            this.replaces = replaces;
        }

        boolean isEmpty() {
            return size == 0;
        }

        private CampaignQueue queue() {
            return Objects.requireNonNull(queue, "an account that belongs to no campaign has no items");
        }

        /** Number of the item in the whole campaign. */
        int item(int index) {
            return queue().firstItem + queue().hands[from + index];
        }

        long timeMs(int index) {
            return queue().timesMs[queue().hands[from + index]];
        }

        long lastMs() {
            return timeMs(size - 1);
        }

        /** Whether its member is there for a part of the time only. */
        boolean passing() {
            return size > 0 && queue().seats < queue().handBegins.length - 1;
        }

        /** Whether its member took the seat of another one. */
        boolean replaces() {
            return replaces;
        }
    }

    /**
     * Deals the queue.
     *
     * @param capacities items that each member takes
     * @param plan how
     * @param timing when the items are due
     * @param beginMs begin of the campaign's time, milliseconds since 1970 UTC
     * @param spanMs its length
     * @param seed of the queue
     * @param firstItem number of the first item in the whole campaign
     */
    CampaignQueue(
            int[] capacities, CampaignPlan plan, Timing timing, long beginMs, long spanMs, long seed, int firstItem) {
        this.firstItem = firstItem;
        seats = Math.min(capacities.length, plan.active().orElse(capacities.length));
        int[] seatCapacities = new int[seats];
        handBegins = new int[capacities.length + 1];
        for (int m = 0; m < capacities.length; m++) {
            seatCapacities[m % seats] = Math.addExact(seatCapacities[m % seats], capacities[m]);
            handBegins[m + 1] = Math.addExact(handBegins[m], capacities[m]);
        }
        int items = handBegins[capacities.length];
        timesMs = timing.begins(Chance.of(seed, "queue times"), beginMs, spanMs, new long[items]);
        Arrays.sort(timesMs);
        if (plan.deal() == Deal.BURST) {
            gather(Hands.roundSizes(seatCapacities), Chance.of(seed, "rounds"), beginMs + spanMs);
        }
        hands = new int[items];
        fill(capacities, Hands.deal(seatCapacities, plan.deal(), Chance.of(seed, "deal")));
    }

    /** Moves the items of a round into minutes from the round's first. */
    private void gather(int[] roundSizes, Chance chance, long endMs) {
        int next = 0;
        for (int size : roundSizes) {
            long firstMs = timesMs[next];
            long widthMs = Math.min(ROUND_MS, endMs - firstMs - 1);
            for (int i = 1; i < size; i++) {
                timesMs[next + i] = firstMs + (long) (chance.unit() * widthMs);
            }
            next += size;
        }
        Arrays.sort(timesMs);
    }

    private void fill(int[] capacities, int[] seatOf) {
        int[] sitting = new int[seats];
        int[] taken = new int[capacities.length];
        for (int seat = 0; seat < seats; seat++) {
            sitting[seat] = seat;
        }
        for (int item = 0; item < seatOf.length; item++) {
            int seat = seatOf[item];
            while (taken[sitting[seat]] == capacities[sitting[seat]]) {
                sitting[seat] += seats;
            }
            int member = sitting[seat];
            hands[handBegins[member] + taken[member]++] = item;
        }
    }

    Work of(int member) {
        return new Work(this, handBegins[member], handBegins[member + 1] - handBegins[member], member >= seats);
    }

    /** Number of the item after the last one in the whole campaign. */
    int endItem() {
        return firstItem + timesMs.length;
    }
}

package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * All requests of one account in order of event time, without their text: 16 bytes a request.
 *
 * <p>A request is packed into 64 bits: session (32), turn (16), then one bit each for a second attempt, a failed
 * attempt and the truth.
 */
final class Schedule {
    private static final int SESSION_SHIFT = 32;
    private static final int TURN_SHIFT = 8;
    private static final int RETRY = 4;
    private static final int FAILS = 2;
    private static final int HOSTILE = 1;

    private final long idSeed;
    private final long hostileSeed;
    private final long honestSeed;
    private final long[] timesMs;
    private final long[] slots;
    private final int[] sessionItems;
    private final short[] sessionTurns;

    Schedule(Account account, long[] timesMs, long[] slots, int[] sessionItems, short[] sessionTurns) {
        this.idSeed = Chance.seed(account.seed(), "event");
        this.hostileSeed = account.queueSeed();
        this.honestSeed = Chance.seed(account.seed(), "honest");
        this.timesMs = timesMs;
        this.slots = slots;
        this.sessionItems = sessionItems;
        this.sessionTurns = sessionTurns;
        sort();
    }

    static long slot(int session, int turn, boolean retry, boolean fails, boolean hostile) {
        return (long) session << SESSION_SHIFT
                | (long) turn << TURN_SHIFT
                | (retry ? RETRY : 0)
                | (fails ? FAILS : 0)
                | (hostile ? HOSTILE : 0);
    }

    private void sort() {
        int count = timesMs.length;
        long least = Arrays.stream(timesMs).min().orElse(0);
        int bits = 64 - Long.numberOfLeadingZeros(count);
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (timesMs[i] - least) << bits | i;
        }
        Arrays.sort(keys);
        long[] sortedSlots = new long[count];
        for (int i = 0; i < count; i++) {
            sortedSlots[i] = slots[(int) (keys[i] & ((1L << bits) - 1))];
            timesMs[i] = (keys[i] >>> bits) + least;
        }
        System.arraycopy(sortedSlots, 0, slots, 0, count);
        // Requests of the same millisecond go by event id, as in the merged order.
        for (int i = 1; i < count; i++) {
            for (int j = i;
                    j > 0 && timesMs[j - 1] == timesMs[j] && Long.compareUnsigned(idBits(j - 1), idBits(j)) > 0;
                    j--) {
                long swapped = slots[j];
                slots[j] = slots[j - 1];
                slots[j - 1] = swapped;
            }
        }
    }

    int size() {
        return timesMs.length;
    }

    long timeMs(int index) {
        return timesMs[index];
    }

    /** The session that a request belongs to; a number of the account's own. */
    int session(int index) {
        return (int) (slots[index] >>> SESSION_SHIFT);
    }

    boolean fails(int index) {
        return (slots[index] & FAILS) != 0;
    }

    boolean hostile(int index) {
        return (slots[index] & HOSTILE) != 0;
    }

    /** Unsigned 64 bits that the event id spells; their order is the order of the ids. */
    long idBits(int index) {
        return Chance.mix(idSeed + slots[index] * 0x9E3779B97F4A7C15L);
    }

    String eventId(int index) {
        return Hex.of(idBits(index), 16);
    }

    /** Draws of what happens to the request at the provider. */
    Chance outcome(int index) {
        return new Chance(idBits(index) ^ 0x5DEECE66DL);
    }

    Moment moment(int index) {
        int session = session(index);
        int turn = (int) (slots[index] >>> TURN_SHIFT) & 0xFFFF;
        int item = sessionItems[session];
        long seed = Chance.seed(hostile(index) ? hostileSeed : honestSeed, item);
        return new Moment(seed, item, turn, sessionTurns[session], timesMs[index]);
    }

    int hostileRequests() {
        int count = 0;
        for (long slot : slots) {
            count += (int) (slot & HOSTILE);
        }
        return count;
    }
}

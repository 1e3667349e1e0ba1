package io.stillwatch.evaluate.control;

import io.stillwatch.simulate.chance.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** When an honest account made its requests, and how: all times, and a sample of manners. Not thread-safe. */
final class HonestHabits {
    private static final int SAMPLE = 1_000;

    private final Chance chance;
    private final List<RequestManner> manners = new ArrayList<>();
    private long[] timesMs = new long[16];
    private int size;

    /**
     * Of one account.
     *
     * @param seed of which manners are kept
     */
    HonestHabits(long seed) {
        chance = new Chance(seed);
    }

    /** Takes in a request; times may come in any order. */
    void add(long timeMs, RequestManner manner) {
        if (size == timesMs.length) {
            timesMs = Arrays.copyOf(timesMs, 2 * size);
        }
        timesMs[size++] = timeMs;
        // Vitter's algorithm R: every request has the same chance to be kept.
        if (manners.size() < SAMPLE) {
            manners.add(manner);
        } else {
            int at = chance.below(size);
            if (at < SAMPLE) {
                manners.set(at, manner);
            }
        }
    }

    int requests() {
        return size;
    }

    RequestManner any(Chance draw) {
        return draw.pick(manners);
    }

    /**
     * So many times as this account would have chosen them, sorted: a random part of its own where it made enough
     * requests, and otherwise with further ones between them, as dense as its own are there.
     */
    long[] times(int count, Chance draw) {
        long[] own = Arrays.copyOf(timesMs, size);
        Arrays.sort(own);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = count <= size ? own[i] : between(own, draw.unit() * (size - 1));
        }
        // Algorithm R again: which of its own times are taken.
        for (int i = count; i < size; i++) {
            int at = draw.below(i + 1);
            if (at < count) {
                times[at] = own[i];
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static long between(long[] sorted, double place) {
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (long) ((place - below) * (sorted[above] - sorted[below]));
    }
}

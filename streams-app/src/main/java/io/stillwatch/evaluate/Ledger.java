package io.stillwatch.evaluate;

import java.util.Arrays;

/**
 * One account's requests and what they were answered, so that both can be told for any moment: eight bytes a request.
 * Times are kept to the second. Not thread-safe.
 */
final class Ledger {
    private static final long SECOND_MS = 1_000;

    private long originMs;
    private int[] seconds = new int[8];
    private int[] tokens = new int[8];
    private int size;

    /** Takes in a request, in any order. */
    void add(long timeMs, long outputTokens) {
        if (size == 0) {
            originMs = timeMs;
        } else if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        seconds[size] = clamped(Math.floorDiv(timeMs - originMs, SECOND_MS));
        tokens[size++] = clamped(outputTokens);
    }

    private static int clamped(long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    /** Requests in all; count. */
    long requests() {
        return size;
    }

    /** Requests up to and in the second of that moment; count. */
    long requestsUntil(long timeMs) {
        long until = Math.floorDiv(timeMs - originMs, SECOND_MS);
        return Arrays.stream(seconds, 0, size).filter(second -> second <= until).count();
    }

    /** Output tokens up to and in the second of that moment; count. */
    long tokensUntil(long timeMs) {
        long until = Math.floorDiv(timeMs - originMs, SECOND_MS);
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += seconds[i] <= until ? tokens[i] : 0;
        }
        return sum;
    }
}

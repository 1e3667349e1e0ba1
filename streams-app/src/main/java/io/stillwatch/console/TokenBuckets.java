package io.stillwatch.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a throttled account's requests through at its rate, with a burst of ten seconds' worth, at least one request.
 *
 * <p>One bucket an account, of this instance alone. Those not asked for longest are forgotten when there are too many; an
 * account that is asked for again then begins with a full one. Thread-safe.
 */
final class TokenBuckets {
    private static final double BURST_SECONDS = 10;
    private static final double NANOS_A_MINUTE = 60e9;

    private final Map<String, Bucket> buckets;

    /** @param most buckets to keep at most; count */
    TokenBuckets(int most) {
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    private static final class Bucket {
        private double tokens;
        private long atNanos;
    }

    /**
     * Takes a request's token.
     *
     * @param rate requests a minute, above 0
     * @param nowNanos from any origin, as {@link System#nanoTime}
     * @return 0 where there was one, else the nanoseconds until there is one, at least 1
     */
    synchronized long take(String account, double rate, long nowNanos) {
        double most = Math.max(1, rate * BURST_SECONDS / 60);
        Bucket bucket = buckets.get(account);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = most;
            buckets.put(account, bucket);
        } else {
            long passed = Math.max(0, nowNanos - bucket.atNanos);
            bucket.tokens = Math.min(most, bucket.tokens + passed * rate / NANOS_A_MINUTE);
        }
        bucket.atNanos = nowNanos;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - bucket.tokens) * NANOS_A_MINUTE / rate));
    }

    synchronized int size() {
        return buckets.size();
    }
}

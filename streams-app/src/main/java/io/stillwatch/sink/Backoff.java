package io.stillwatch.sink;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from a second, up to five minutes, each between half and all of that by
 * chance, so that many senders do not come back together. A time that the other side asked for is kept to.
 *
 * @param attempts how often an alert is tried before it is given up, at least 1
 * @param first the first wait
 */
public record Backoff(int attempts, Duration first) {
    /** Some twenty minutes of an outage. */
    public static final int DEFAULT_ATTEMPTS = 12;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Whoever asks for more is asked again before: a sink must not stand still for a day by one header. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(15);

    public Backoff {
        if (attempts < 1) {
            throw new IllegalArgumentException("An alert is tried at least once, not " + attempts + " times.");
        }
    }

    static Backoff of(int attempts) {
        return new Backoff(attempts, Duration.ofSeconds(1));
    }

    /**
     * The wait after a failed attempt.
     *
     * @param attempt that failed, from 1
     * @param asked what the other side asked for
     */
    Duration after(int attempt, Optional<Duration> asked, RandomGenerator chance) {
        long full = Math.min(LONGEST.toMillis(), first.toMillis() << Math.min(attempt - 1, 30));
        Duration own = Duration.ofMillis(full / 2 + chance.nextLong(full / 2 + 1));
        Duration wanted = asked.filter(wait -> wait.compareTo(LONGEST_ASKED) <= 0)
                .orElse(asked.isPresent() ? LONGEST_ASKED : Duration.ZERO);
        return own.compareTo(wanted) >= 0 ? own : wanted;
    }
}

package io.stillwatch.intake;

import java.time.Duration;

/**
 * How much is taken in at once.
 *
 * @param maxBodyBytes longest body as it is sent
 * @param maxExpandedBytes longest body once it is expanded
 * @param maxHeldBytes bodies that are held at once, until Kafka has what they hold; beyond, senders are told to wait
 * @param retryAfter when senders that were told to wait may try again
 */
public record IntakeLimits(int maxBodyBytes, int maxExpandedBytes, long maxHeldBytes, Duration retryAfter) {
    /** 16 MiB as sent, 32 MiB expanded, 96 MiB at once, a second to wait. */
    public static final IntakeLimits DEFAULT = new IntakeLimits(16 << 20, 32 << 20, 96L << 20, Duration.ofSeconds(1));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public IntakeLimits {
        if (maxBodyBytes < 1 || maxExpandedBytes < maxBodyBytes || maxHeldBytes < maxExpandedBytes) {
            throw new IllegalArgumentException(
                    "Limits must satisfy 1 <= maxBodyBytes <= maxExpandedBytes <= maxHeldBytes.");
        }
    }
}

package io.stillwatch.campaign;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an account that may belong to a campaign.
 *
 * @param account its id
 * @param partition where its requests are counted, from 0
 * @param createdMs sign-up, milliseconds since 1970; empty when unknown
 * @param firstMs its first request ever seen, milliseconds since 1970
 * @param lastMs its partition's time when it was told of last, milliseconds since 1970
 * @param requests requests ever seen
 * @param outputTokens answer tokens ever seen
 * @param keys its link keys
 * @param content mean of its prompts; empty when none has an embedding
 */
public record LinkedAccount(
        String account,
        int partition,
        OptionalLong createdMs,
        long firstMs,
        long lastMs,
        long requests,
        long outputTokens,
        List<LinkKey> keys,
        Optional<PromptMean> content) {
    private static final long ESTABLISHED_MS = 30L * 24 * 60 * 60 * 1_000;

    /** Whether it had been signed up for a month when first seen: no account of a fresh campaign. Empty when unknown. */
    Optional<Boolean> established() {
        return createdMs.isPresent()
                ? Optional.of(firstMs - createdMs.getAsLong() >= ESTABLISHED_MS)
                : Optional.empty();
    }
}

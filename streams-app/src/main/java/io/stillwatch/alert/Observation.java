package io.stillwatch.alert;

import io.stillwatch.schema.Finding;
import java.util.List;

/**
 * What evaluating an entity's profile gave.
 *
 * @param entityType account or campaign
 * @param entityId the account or campaign
 * @param timeMs event time of the evaluation, milliseconds since 1970
 * @param findings signatures that hold, strongest first; empty when none does
 * @param firstEventMs event time of the entity's first request ever seen
 * @param requests requests of the entity ever seen
 * @param outputTokens answer tokens of the entity ever seen
 * @param exampleEventIds ids of a few requests
 */
public record Observation(
        String entityType,
        String entityId,
        long timeMs,
        List<Finding> findings,
        long firstEventMs,
        long requests,
        long outputTokens,
        List<String> exampleEventIds) {}

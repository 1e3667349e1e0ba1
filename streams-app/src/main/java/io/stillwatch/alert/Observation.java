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
 * @param accounts accounts that are linked to it: those of a campaign; 0 for an account by itself
 * @param linkedAccounts the first of them, at most {@value #MOST_LINKED}
 * @param company what they are like as a group, in whole sentences; empty where nothing is to be said
 */
public record Observation(
        String entityType,
        String entityId,
        long timeMs,
        List<Finding> findings,
        long firstEventMs,
        long requests,
        long outputTokens,
        List<String> exampleEventIds,
        long accounts,
        List<String> linkedAccounts,
        String company) {
    /** Linked accounts that an alert lists; all of a campaign's are on its topic. */
    public static final int MOST_LINKED = 1_000;

    /** With accounts of which nothing is to be said beyond their number. */
    public Observation(
            String entityType,
            String entityId,
            long timeMs,
            List<Finding> findings,
            long firstEventMs,
            long requests,
            long outputTokens,
            List<String> exampleEventIds,
            long accounts,
            List<String> linkedAccounts) {
        this(
                entityType,
                entityId,
                timeMs,
                findings,
                firstEventMs,
                requests,
                outputTokens,
                exampleEventIds,
                accounts,
                linkedAccounts,
                "");
    }

    /** What was seen of an account by itself. */
    public Observation(
            String entityType,
            String entityId,
            long timeMs,
            List<Finding> findings,
            long firstEventMs,
            long requests,
            long outputTokens,
            List<String> exampleEventIds) {
        this(
                entityType,
                entityId,
                timeMs,
                findings,
                firstEventMs,
                requests,
                outputTokens,
                exampleEventIds,
                0,
                List.of());
    }
}

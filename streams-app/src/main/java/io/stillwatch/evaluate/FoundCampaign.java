package io.stillwatch.evaluate;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A campaign that an alert was opened for.
 *
 * @param id as in the alert
 * @param alertedMs event time of its first alert, milliseconds since 1970 UTC
 * @param aboveLowMs event time at which its alert was first above low severity; empty when it never was
 * @param signature id of the strongest finding's signature in that alert
 * @param explanation that alert in words
 * @param members accounts that belong to it in the end; none when it has merged with another or fallen apart
 * @param named event time at which each account was first named as a member, in milliseconds since 1970 UTC; of those too
 *     that have left
 */
public record FoundCampaign(
        String id,
        long alertedMs,
        OptionalLong aboveLowMs,
        String signature,
        String explanation,
        Set<String> members,
        Map<String, Long> named) {
    public FoundCampaign {
        members = Set.copyOf(members);
        named = Map.copyOf(named);
    }

    /** Whom it is judged by: its members in the end, or those it named when it has none any more. */
    Set<String> judgedBy() {
        return members.isEmpty() ? named.keySet() : members;
    }
}

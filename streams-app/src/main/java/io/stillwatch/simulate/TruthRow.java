package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Label;

/**
 * What an account really is.
 *
 * @param accountId as in the events
 * @param label honest or hostile
 * @param kind persona or behaviour
 * @param set family of its prompts
 * @param campaignId campaign it works for, empty for none
 * @param fraction share of hostile requests among its requests, 0 to 1
 * @param firstMs its first request, milliseconds since 1970 UTC
 * @param requests how many it makes
 * @param hostileRequests how many of them are hostile
 */
public record TruthRow(
        String accountId,
        Label label,
        String kind,
        String set,
        String campaignId,
        double fraction,
        long firstMs,
        int requests,
        int hostileRequests) {

    /** The same where all its requests come so much later. */
    TruthRow shifted(long byMs) {
        return new TruthRow(
                accountId, label, kind, set, campaignId, fraction, firstMs + byMs, requests, hostileRequests);
    }
}

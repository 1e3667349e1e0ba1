package io.stillwatch.evaluate;

import io.stillwatch.schema.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what a run shows of campaigns. Not thread-safe. */
final class CampaignWatch {
    private final Map<String, Seen> campaigns = new TreeMap<>();

    private static final class Seen {
        private final Set<String> members = new HashSet<>();
        private final Map<String, Long> named = new HashMap<>();
        private @Nullable Alert opened;
        private OptionalLong aboveLowMs = OptionalLong.empty();
    }

    private Seen seen(String campaign) {
        return campaigns.computeIfAbsent(campaign, id -> new Seen());
    }

    /** Takes in a step of an alert that is open. */
    void alert(Alert step) {
        Seen campaign = seen(step.getEntityId());
        if (campaign.opened == null) {
            campaign.opened = step;
        }
        if (Tier.ABOVE_LOW.reachedBy(step) && campaign.aboveLowMs.isEmpty()) {
            campaign.aboveLowMs = OptionalLong.of(step.getTime());
        }
    }

    /** Takes in that an account is a member, at a moment of event time. */
    void member(String campaign, String account, long timeMs) {
        seen(campaign).members.add(account);
        seen(campaign).named.merge(account, timeMs, Math::min);
    }

    /** Takes in that an account is a member no more. */
    void left(String campaign, String account) {
        Seen of = seen(campaign);
        of.members.remove(account);
        if (of.opened == null) {
            // Nobody was told of it.
            of.named.remove(account);
        }
    }

    /** The campaigns that an alert was opened for, by id. */
    List<FoundCampaign> found() {
        List<FoundCampaign> found = new ArrayList<>();
        campaigns.forEach((id, seen) -> {
            if (seen.opened != null) {
                long alertedMs = seen.opened.getTime();
                Map<String, Long> named = new HashMap<>();
                seen.named.forEach((account, ms) -> named.put(account, Math.max(ms, alertedMs)));
                found.add(new FoundCampaign(
                        id,
                        alertedMs,
                        seen.aboveLowMs,
                        seen.opened.getFindings().get(0).getSignatureId(),
                        seen.opened.getExplanation(),
                        seen.members,
                        named));
            }
        });
        return found;
    }
}

package io.stillwatch.cli.campaigns;

import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.ShortIds;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import io.stillwatch.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What to say to somebody who asks for a campaign that there is not. */
final class UnknownCampaign {
    private UnknownCampaign() {}

    /**
     * The campaign with an id, or with one that begins so.
     *
     * @throws UserException where there is none, or several begin so
     */
    static KnownCampaign require(String id, Map<String, KnownCampaign> known) {
        List<String> meant = ShortIds.meant(id, known.keySet());
        if (meant.size() == 1) {
            return Objects.requireNonNull(known.get(meant.get(0)));
        }
        throw new UserException(
                meant.isEmpty() ? sentence(id, known) : ShortIds.ambiguous(id, meant), ExitStatus.FAILURE);
    }

    /** One sentence with what was probably meant, or how to find it. */
    static String sentence(String asked, Map<String, KnownCampaign> known) {
        String beginning = "There is no campaign " + Printable.escape(asked);
        if (known.isEmpty()) {
            return beginning + "; none has been found yet.";
        }
        Optional<String> campaignOfAccount = known.values().stream()
                .filter(campaign -> campaign.members().stream()
                        .anyMatch(member -> member.getAccountId().equals(asked)))
                .map(KnownCampaign::id)
                .findFirst();
        if (campaignOfAccount.isPresent()) {
            return beginning + ", but an account of that name, which belongs to campaign "
                    + Printable.escape(campaignOfAccount.get()) + ".";
        }
        return beginning
                + Suggestion.id(asked, known.keySet())
                        .map(id -> "; did you mean " + Printable.escape(id) + "?")
                        .orElse("; 'stillwatch campaigns list --all' names those there are.");
    }
}

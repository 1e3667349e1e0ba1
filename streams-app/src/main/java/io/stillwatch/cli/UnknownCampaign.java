package io.stillwatch.cli;

import io.stillwatch.replay.KnownCampaign;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What to say to somebody who asks for a campaign that there is not. */
final class UnknownCampaign {
    private static final int LONGEST_COMPARED = 100;

    private UnknownCampaign() {}

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
                + nearest(asked, known.keySet())
                        .map(id -> "; did you mean " + Printable.escape(id) + "?")
                        .orElse("; 'stillwatch campaigns list --all' names those there are.");
    }

    /** The id that begins as asked, or else the one with the fewest changes, where they are few. */
    static Optional<String> nearest(String asked, Collection<String> ids) {
        if (asked.length() > LONGEST_COMPARED || asked.isBlank()) {
            return Optional.empty();
        }
        return ids.stream()
                .filter(id -> changes(asked, id) <= Math.max(1, asked.length() / 4))
                .min(Comparator.comparingInt((String id) -> changes(asked, id))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, take away or replace (Levenshtein), not counting what is missing at the end. */
    private static int changes(String asked, String id) {
        int[] above = new int[id.length() + 1];
        for (int column = 0; column <= id.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= asked.length(); row++) {
            int[] here = new int[id.length() + 1];
            here[0] = row;
            for (int column = 1; column <= id.length(); column++) {
                int replaced = above[column - 1] + (asked.charAt(row - 1) == id.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        int fewest = above[0];
        for (int changes : above) {
            fewest = Math.min(fewest, changes);
        }
        return fewest;
    }
}

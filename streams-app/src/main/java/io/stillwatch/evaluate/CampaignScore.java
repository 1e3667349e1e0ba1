package io.stillwatch.evaluate;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of one true campaign.
 *
 * @param name as the truth has it
 * @param accounts that work for it and made a request; count
 * @param named of them, members of any campaign with an alert in the end; count
 * @param company accounts in the campaigns that it was found as, whoever they are; count
 * @param ownCompany of those, accounts that work for it; count
 * @param requests of its accounts; count
 * @param requestsBefore of those, before its first alert; all of them when there is none
 * @param requestsBeforeAboveLow of those, before its first alert above low; all of them when there is none
 * @param foundAs ids of the campaigns with an alert of whose members most work for it
 */
public record CampaignScore(
        String name,
        int accounts,
        int named,
        int company,
        int ownCompany,
        long requests,
        long requestsBefore,
        long requestsBeforeAboveLow,
        List<String> foundAs) {
    public CampaignScore {
        foundAs = List.copyOf(foundAs);
    }

    /** Whether an alert was opened for it. */
    public boolean found() {
        return !foundAs.isEmpty();
    }

    /** Share of its accounts that are named in the end, 0 to 1. */
    public double recall() {
        return (double) named / accounts;
    }

    /** Share of those it was found with that work for it, 0 to 1; empty when it was not found. */
    public OptionalDouble precision() {
        return company == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) ownCompany / company);
    }

    /** Share of its requests that were made before its first alert, 0 to 1. */
    public double shareBefore() {
        return (double) requestsBefore / requests;
    }

    /** Its requests before its first alert of a tier; all of them when there is none. */
    public long requestsBefore(Tier tier) {
        return tier == Tier.ANY ? requestsBefore : requestsBeforeAboveLow;
    }

    CampaignScore named(String newName) {
        return new CampaignScore(
                newName,
                accounts,
                named,
                company,
                ownCompany,
                requests,
                requestsBefore,
                requestsBeforeAboveLow,
                foundAs);
    }
}

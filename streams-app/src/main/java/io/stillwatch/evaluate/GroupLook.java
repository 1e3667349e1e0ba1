package io.stillwatch.evaluate;

import io.stillwatch.profile.feature.CampaignTraits;
import java.util.List;

/**
 * What a group of accounts looked like when it was looked at.
 *
 * @param accounts its members
 * @param requests of all of them; count
 * @param traits what it was like as a group
 * @param found the signature that held, the strongest; empty for none
 * @param severity of the strongest finding; empty for none
 * @param nearest the signature that it came nearest to
 */
public record GroupLook(
        List<String> accounts, long requests, CampaignTraits traits, String found, String severity, Nearest nearest) {
    public GroupLook {
        accounts = List.copyOf(accounts);
    }
}

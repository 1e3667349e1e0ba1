package io.stillwatch.alert.stix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bundles and the rules of STIX for tests of other packages. */
public final class StixValid {
    private StixValid() {}

    /** The bundle of an alert whose linked accounts are the members. */
    public static String bundle(Alert alert) {
        List<CampaignMember> members = alert.getLinkedAccounts().stream()
                .map(account -> CampaignMember.newBuilder()
                        .setCampaignId(alert.getEntityId())
                        .setAccountId(account)
                        .setTime(alert.getTime())
                        .setJoinedAt(alert.getFirstEventTime())
                        .setConfidence(0.95)
                        .setReason("shares its template with all of the members")
                        .setRequests(
                                alert.getRequests() / alert.getLinkedAccounts().size())
                        .setOutputTokens(alert.getOutputTokens()
                                / alert.getLinkedAccounts().size())
                        .build())
                .toList();
        return new StixBundle("Example AI", IdentifierHash.keyed("0123456789abcdef".getBytes(StandardCharsets.UTF_8)))
                .line(new StixCampaign(alert.getEntityId(), Optional.of(alert), members));
    }

    /** Everything in a line that breaks a rule; empty when valid. */
    public static List<String> violations(String line) {
        try {
            return StixRules.violations(new JsonMapper().readTree(line));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

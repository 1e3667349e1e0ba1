package io.stillwatch.alert.stix;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is exported of a campaign.
 *
 * @param id the campaign's; hashed on export
 * @param newest the newest step of its newest alert, where there is one
 * @param members its accounts
 */
public record StixCampaign(String id, Optional<Alert> newest, List<CampaignMember> members) {
    public StixCampaign {
        members = members.stream()
                .sorted(Comparator.comparing(CampaignMember::getAccountId))
                .toList();
        if (newest.isEmpty() && members.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to export of a campaign without alert and accounts.");
        }
    }

    long firstSeenMs() {
        return newest.map(Alert::getFirstEventTime)
                .orElseGet(() -> members.stream()
                        .mapToLong(CampaignMember::getJoinedAt)
                        .min()
                        .orElseThrow());
    }

    long createdMs() {
        return newest.map(alert -> alert.getHistory().isEmpty()
                        ? alert.getOpenedAt()
                        : alert.getHistory().get(0).getOpenedAt())
                .orElseGet(this::firstSeenMs);
    }

    long modifiedMs() {
        long told = members.stream().mapToLong(CampaignMember::getTime).max().orElse(createdMs());
        return Math.max(createdMs(), Math.max(told, newest.map(Alert::getTime).orElse(told)));
    }

    long requests() {
        long ofMembers = members.stream().mapToLong(CampaignMember::getRequests).sum();
        return Math.max(ofMembers, newest.map(Alert::getRequests).orElse(0L));
    }

    long outputTokens() {
        long ofMembers =
                members.stream().mapToLong(CampaignMember::getOutputTokens).sum();
        return Math.max(ofMembers, newest.map(Alert::getOutputTokens).orElse(0L));
    }

    long accounts() {
        return Math.max(members.size(), newest.map(Alert::getAccounts).orElse(0L));
    }
}

package io.stillwatch.replay.report;

import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestFingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the accounts of a report's alerts sent their requests; only of those alerts that it tells in full, so that it stays
 * small whatever was found. Mutable and not thread-safe.
 */
public final class AlertHours {
    private final Map<String, HourlyRequests> byAlert = new HashMap<>();
    private final Map<String, List<HourlyRequests>> byAccount = new HashMap<>();
    private final long fromMs;

    /**
     * Takes the alerts, and who the members of campaigns are: an alert names but some of them.
     */
    public AlertHours(Collection<AlertLife> alerts, Collection<CampaignMember> members) {
        Map<String, Set<String>> accounts = new HashMap<>();
        for (CampaignMember member : members) {
            accounts.computeIfAbsent(member.getCampaignId(), id -> new HashSet<>())
                    .add(member.getAccountId());
        }
        List<Alert> told = HtmlReport.mostSevereFirst(alerts).stream()
                .limit(HtmlReport.DETAILED_ALERTS)
                .map(AlertLife::last)
                .toList();
        for (Alert alert : told) {
            HourlyRequests hours = new HourlyRequests();
            byAlert.put(alert.getAlertId(), hours);
            Set<String> who = new HashSet<>(
                    alert.getEntityType().equals(EntityType.ACCOUNT)
                            ? List.of(alert.getEntityId())
                            : alert.getLinkedAccounts());
            if (!alert.getEntityType().equals(EntityType.ACCOUNT)) {
                who.addAll(accounts.getOrDefault(alert.getEntityId(), Set.of()));
            }
            who.forEach(account ->
                    byAccount.computeIfAbsent(account, id -> new ArrayList<>()).add(hours));
        }
        fromMs = told.stream().mapToLong(Alert::getFirstEventTime).min().orElse(0);
    }

    /** Of no alert. */
    public static AlertHours none() {
        return new AlertHours(List.of(), List.of());
    }

    /** Whose requests are to be taken in. */
    public Set<String> accounts() {
        return byAccount.keySet();
    }

    /** The first request that any of the alerts is about, milliseconds since 1970; 0 without alerts. */
    public long fromMs() {
        return fromMs;
    }

    /** Counts a request of an account in. */
    public void take(String account, RequestFingerprint request) {
        add(account, request.getEventTime(), 1);
    }

    /** Counts several requests of an hour in; nothing where no alert is about the account. */
    public void add(String account, long timeMs, long requests) {
        byAccount.getOrDefault(account, List.of()).forEach(hours -> hours.add(timeMs, requests));
    }

    /** The hours of an alert's accounts; empty where none is known. */
    public Optional<HourlyRequests> of(String alertId) {
        return Optional.ofNullable(byAlert.get(alertId)).filter(hours -> !hours.isEmpty());
    }
}

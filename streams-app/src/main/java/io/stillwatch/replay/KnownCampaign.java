package io.stillwatch.replay;

import io.stillwatch.alert.Observation;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A campaign as its alerts and the topic of members tell of it.
 *
 * @param id entity id of its alerts
 * @param alerts its alerts, the newest last; none only when the alerts topic has lost them
 * @param members its accounts now, the surest first; none when it has merged with another or fallen apart
 */
public record KnownCampaign(String id, List<AlertLife> alerts, List<CampaignMember> members) {
    private static final Comparator<CampaignMember> SUREST_FIRST = Comparator.comparingDouble(
                    CampaignMember::getConfidence)
            .reversed()
            .thenComparing(Comparator.comparingLong(CampaignMember::getRequests).reversed())
            .thenComparing(CampaignMember::getAccountId);

    public KnownCampaign {
        alerts = List.copyOf(alerts);
        members = members.stream().sorted(SUREST_FIRST).toList();
    }

    /**
     * How many accounts a campaign had at a step of its alert.
     *
     * @param accounts count
     * @param orMore whether it may have had more, because an alert lists {@value Observation#MOST_LINKED} at most
     */
    public record Size(long accounts, boolean orMore) {
        private static final String EVIDENCE = "campaign_accounts";

        /** As the step tells it: by the accounts that it lists or, where those are not all, at least by its evidence. */
        public static Size at(Alert step) {
            int listed = step.getLinkedAccounts().size();
            return listed < Observation.MOST_LINKED
                    ? new Size(listed, false)
                    : new Size(Math.max(listed, inEvidence(step)), true);
        }

        // A finding may be about a part of the traffic, and so of the accounts.
        private static long inEvidence(Alert step) {
            return step.getFindings().stream()
                    .flatMap(finding -> finding.getEvidence().stream())
                    .filter(feature -> feature.getName().equals(EVIDENCE))
                    .mapToLong(feature -> (long) feature.getValue())
                    .max()
                    .orElse(0);
        }
    }

    /**
     * All campaigns by id.
     *
     * @param steps of campaigns' alerts, in {@link AlertFollower#ORDER}
     * @param members of any campaign, in any order
     */
    public static SortedMap<String, KnownCampaign> byId(List<Alert> steps, Collection<CampaignMember> members) {
        Map<String, List<Alert>> stepsById = new TreeMap<>();
        steps.forEach(step -> stepsById
                .computeIfAbsent(step.getEntityId(), unused -> new ArrayList<>())
                .add(step));
        Map<String, List<CampaignMember>> membersById = new TreeMap<>();
        members.forEach(member -> membersById
                .computeIfAbsent(member.getCampaignId(), unused -> new ArrayList<>())
                .add(member));
        TreeSet<String> ids = new TreeSet<>(stepsById.keySet());
        ids.addAll(membersById.keySet());
        SortedMap<String, KnownCampaign> campaigns = new TreeMap<>();
        ids.forEach(id -> campaigns.put(
                id,
                new KnownCampaign(
                        id,
                        AlertLife.of(stepsById.getOrDefault(id, List.of())),
                        membersById.getOrDefault(id, List.of()))));
        return campaigns;
    }

    /** The life of its newest alert. */
    public Optional<AlertLife> newestLife() {
        return alerts.isEmpty() ? Optional.empty() : Optional.of(alerts.get(alerts.size() - 1));
    }

    /** The newest step of its newest alert. */
    public Optional<Alert> newest() {
        return newestLife().map(AlertLife::last);
    }

    /** Whether its newest alert is open; also where there is none that would say that it is over. */
    public boolean isOpen() {
        return newest().map(step -> step.getState() != AlertState.CLOSED).orElse(true);
    }

    /** Requests of its accounts ever seen, as its newest alert or its members tell, whichever know of more; count. */
    public long requests() {
        return Math.max(newest().map(Alert::getRequests).orElse(0L), sum(CampaignMember::getRequests));
    }

    /** Answer tokens of its accounts ever seen, as its newest alert or its members tell, whichever know of more. */
    public long outputTokens() {
        return Math.max(newest().map(Alert::getOutputTokens).orElse(0L), sum(CampaignMember::getOutputTokens));
    }

    /** Ids of the signatures that its newest alert rests on, strongest first. */
    public List<String> behaviours() {
        return newest().map(Alert::getFindings).orElse(List.of()).stream()
                .map(Finding::getSignatureId)
                .distinct()
                .toList();
    }

    private long sum(ToLongFunction<CampaignMember> figure) {
        return members.stream().mapToLong(figure).sum();
    }
}

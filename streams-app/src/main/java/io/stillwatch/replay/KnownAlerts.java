package io.stillwatch.replay;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where all alerts stand, as their steps tell; the steps themselves are not kept. Not thread-safe. */
public final class KnownAlerts {
    private final Map<String, Known> byId = new HashMap<>();

    /**
     * An alert.
     *
     * @param newest its newest step
     * @param findings those of the newest step that came with evidence; a closed alert's later steps have none
     * @param signatureIds all that were ever among its findings
     */
    public record Known(Alert newest, List<Finding> findings, Set<String> signatureIds) {
        /** Whether it is open. */
        public boolean isOpen() {
            return newest.getState() != AlertState.CLOSED;
        }

        /** What it was said to be since it was opened last; empty where nobody said. */
        public Optional<String> disposition() {
            return Optional.ofNullable(newest.getDisposition());
        }

        /** What it was said to have been the last time that it was open before; empty where nobody said. */
        public Optional<String> dispositionBefore() {
            String before = null;
            for (AlertPeriod period : newest.getHistory()) {
                before = period.getDisposition() == null ? before : period.getDisposition();
            }
            return Optional.ofNullable(before);
        }
    }

    /** Takes a step in, in whatever order they come. */
    public void take(Alert step) {
        byId.merge(step.getAlertId(), known(step), (before, now) -> {
            Set<String> ids = new HashSet<>(before.signatureIds());
            ids.addAll(now.signatureIds());
            boolean newer = now.newest().getSequence() >= before.newest().getSequence();
            Known last = newer ? now : before;
            Known first = newer ? before : now;
            return new Known(last.newest(), hasEvidence(last) ? last.findings() : first.findings(), ids);
        });
    }

    private static Known known(Alert step) {
        Set<String> ids = new HashSet<>();
        step.getFindings().forEach(finding -> ids.add(finding.getSignatureId()));
        return new Known(step, step.getFindings(), ids);
    }

    private static boolean hasEvidence(Known known) {
        return known.findings().stream()
                .anyMatch(finding -> !finding.getEvidence().isEmpty());
    }

    /** All alerts, in no order. */
    public Collection<Known> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Ids of alerts and of what they are about that begin as written, where several alerts are meant by that. */
    public List<String> ambiguous(String written) {
        if (named(written).isPresent()) {
            return List.of();
        }
        Set<String> ids = new TreeSet<>(byId.keySet());
        byId.values().forEach(one -> ids.add(one.newest().getEntityId()));
        return ShortIds.meant(written, ids);
    }

    /**
     * The alert with an id, or the one of an account or campaign with that id where no alert has it; the beginning of
     * either will do where it can mean one alert only.
     */
    public Optional<Known> named(String id) {
        Known known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        List<Known> ofEntity = byId.values().stream()
                .filter(one -> one.newest().getEntityId().equals(id))
                .toList();
        if (!ofEntity.isEmpty()) {
            return ofEntity.size() == 1 ? Optional.of(ofEntity.get(0)) : Optional.empty();
        }
        Set<String> begins = new TreeSet<>(ShortIds.meant(id, byId.keySet()));
        byId.values().stream()
                .filter(one ->
                        !ShortIds.meant(id, List.of(one.newest().getEntityId())).isEmpty())
                .forEach(one -> begins.add(one.newest().getAlertId()));
        return begins.size() == 1
                ? Optional.ofNullable(byId.get(begins.iterator().next()))
                : Optional.empty();
    }
}

package io.stillwatch.alert;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.signature.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides when an alert is opened, updated and closed.
 *
 * <p>An entity has at most one open alert; all signatures that hold are findings of it. It is updated when a signature
 * joins, the severity rises, the score passes into a higher quarter, or the entity's requests have grown fourfold since
 * the last step: not on every event. It is closed when nothing has held for the quiet time. Steps of one alert are
 * numbered from 0 without gaps, and its id depends on the entity and its ordinal alone, so a replay gives the same.
 */
public final class AlertLifecycle {
    private static final int SCORE_BANDS = 4;
    private static final int GROWTH = 4;
    private static final double LINKED_GROWTH = 1.5;
    private static final int MOST_EXAMPLES = 5;

    static {
        // A step is copied from the one before, which Avro refuses for classes it was not told of.
        MessageTypes.trust();
    }

    private final Duration quietTime;
    private final String baseline;

    /**
     * Makes the rules.
     *
     * @param quietTime event time without a finding after which an alert closes
     * @param baseline name and version of the baseline in use; empty when none is
     */
    public AlertLifecycle(Duration quietTime, String baseline) {
        this.quietTime = quietTime;
        this.baseline = baseline;
    }

    /**
     * What an evaluation led to.
     *
     * @param memory what to remember from now on
     * @param alert the step to publish, if there is one
     */
    public record Step(AlertMemory memory, Optional<Alert> alert) {}

    /** Takes in an evaluation. */
    public Step advance(AlertMemory memory, Observation seen) {
        if (memory.open().isEmpty()) {
            if (seen.findings().isEmpty()) {
                return new Step(memory, Optional.empty());
            }
            Alert opened = open(memory.opened(), seen);
            return new Step(
                    new AlertMemory(memory.opened() + 1, Optional.of(opened), seen.timeMs()), Optional.of(opened));
        }
        Alert open = memory.open().get();
        if (seen.findings().isEmpty()) {
            return seen.timeMs() - memory.lastHeldMs() >= quietTime.toMillis()
                    ? close(
                            memory,
                            open,
                            seen,
                            "No signature has held since " + Instant.ofEpochMilli(memory.lastHeldMs()) + ".")
                    : new Step(memory, Optional.empty());
        }
        long lastHeldMs = Math.max(memory.lastHeldMs(), seen.timeMs());
        if (!changed(open, seen)) {
            return new Step(new AlertMemory(memory.opened(), memory.open(), lastHeldMs), Optional.empty());
        }
        Alert updated = update(open, seen);
        return new Step(new AlertMemory(memory.opened(), Optional.of(updated), lastHeldMs), Optional.of(updated));
    }

    /**
     * Closes the open alert if none of the signatures it rests on may alert any more. One that rests on others as well
     * goes on.
     *
     * @param seen when and with which totals; nothing may hold
     * @param mayAlert whether a signature with an id may alert now
     */
    public Step withdraw(AlertMemory memory, Observation seen, Predicate<String> mayAlert) {
        Optional<Alert> withdrawn = memory.open()
                .filter(open ->
                        open.getFindings().stream().map(Finding::getSignatureId).noneMatch(mayAlert));
        return withdrawn
                .map(open -> close(memory, open, seen, withdrawnReason(open)))
                .orElseGet(() -> new Step(memory, Optional.empty()));
    }

    private static String withdrawnReason(Alert open) {
        String ids = open.getFindings().stream()
                .map(Finding::getSignatureId)
                .sorted()
                .collect(Collectors.joining(", "));
        return open.getFindings().size() == 1
                ? "Its signature " + ids + " may no longer alert."
                : "Its signatures " + ids + " may no longer alert.";
    }

    /** Closes the open alert, if there is one, for a reason that no signature knows, as that its entity is no more. */
    public Step end(AlertMemory memory, long timeMs, String reason) {
        return memory.open()
                .map(open -> close(
                        memory,
                        open,
                        new Observation(
                                open.getEntityType(),
                                open.getEntityId(),
                                timeMs,
                                List.of(),
                                open.getFirstEventTime(),
                                open.getRequests(),
                                open.getOutputTokens(),
                                List.of()),
                        reason))
                .orElseGet(() -> new Step(memory, Optional.empty()));
    }

    /** When an open alert closes if nothing holds until then; milliseconds since 1970. */
    public long closesAtMs(AlertMemory memory) {
        return memory.lastHeldMs() + quietTime.toMillis();
    }

    private static boolean changed(Alert open, Observation seen) {
        boolean joined = seen.findings().stream()
                .anyMatch(finding -> open.getFindings().stream()
                        .noneMatch(known -> known.getSignatureId().equals(finding.getSignatureId())
                                && known.getSignatureVersion() == finding.getSignatureVersion()));
        return joined
                || highestSeverity(seen.findings()).compareTo(severity(open.getSeverity())) > 0
                || band(highestScore(seen.findings())) > band(open.getScore())
                || gainedAccounts(open, seen)
                || seen.requests() >= GROWTH * Math.max(1, open.getRequests());
    }

    /** Once not all are listed any more, growth shows in the requests. */
    private static boolean gainedAccounts(Alert open, Observation seen) {
        int listed = open.getLinkedAccounts().size();
        return listed < Observation.MOST_LINKED && seen.accounts() >= LINKED_GROWTH * Math.max(1, listed);
    }

    private Alert open(long ordinal, Observation seen) {
        Alert alert = new Alert();
        String entity = seen.entityType() + ":" + seen.entityId();
        long id = Hash64.finish(Hash64.append(Hash64.of(entity), ordinal));
        alert.setAlertId(String.format(Locale.ROOT, "al-%016x", id));
        alert.setSequence(0);
        alert.setState(AlertState.OPENED);
        alert.setEntityType(seen.entityType());
        alert.setEntityId(seen.entityId());
        alert.setOpenedAt(seen.timeMs());
        alert.setFindings(seen.findings());
        alert.setSeverity(highestSeverity(seen.findings()).id());
        alert.setScore(highestScore(seen.findings()));
        alert.setBaseline(baseline);
        alert.setHistory(List.of());
        alert.setExampleEventIds(bounded(seen.exampleEventIds()));
        describe(alert, seen);
        return alert;
    }

    private static Alert update(Alert open, Observation seen) {
        Alert alert = Alert.newBuilder(open).build();
        alert.setSequence(open.getSequence() + 1);
        alert.setState(AlertState.UPDATED);
        alert.setFindings(joined(open.getFindings(), seen.findings()));
        Severity severity = highestSeverity(seen.findings());
        if (severity.compareTo(severity(open.getSeverity())) > 0) {
            alert.setSeverity(severity.id());
        }
        alert.setScore(Math.max(open.getScore(), highestScore(seen.findings())));
        alert.setExampleEventIds(bounded(seen.exampleEventIds()));
        describe(alert, seen);
        return alert;
    }

    private static Step close(AlertMemory memory, Alert open, Observation seen, String reason) {
        Alert alert = Alert.newBuilder(open).build();
        alert.setSequence(open.getSequence() + 1);
        alert.setState(AlertState.CLOSED);
        alert.setTime(seen.timeMs());
        alert.setRequests(seen.requests());
        alert.setOutputTokens(seen.outputTokens());
        alert.setCloseReason(reason);
        return new Step(new AlertMemory(memory.opened(), Optional.empty(), 0), Optional.of(alert));
    }

    private static void describe(Alert alert, Observation seen) {
        alert.setTime(seen.timeMs());
        alert.setFirstEventTime(seen.firstEventMs());
        alert.setRequests(seen.requests());
        alert.setOutputTokens(seen.outputTokens());
        alert.setLinkedAccounts(seen.linkedAccounts());
        alert.setAccounts(seen.accounts());
        AlertExplanation explanation =
                AlertExplanation.of(alert.getEntityType(), alert.getEntityId(), alert.getFindings(), seen.accounts());
        alert.setTitle(explanation.title());
        alert.setExplanation(explanation.paragraph());
    }

    /** What holds now replaces what held before; what held before stays, as it is part of the case. */
    private static List<Finding> joined(List<Finding> before, List<Finding> now) {
        Map<String, Finding> byId = new LinkedHashMap<>();
        before.forEach(finding -> byId.put(finding.getSignatureId(), finding));
        now.forEach(finding -> byId.put(finding.getSignatureId(), finding));
        List<Finding> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingDouble(Finding::getScore).reversed().thenComparing(Finding::getSignatureId));
        return all;
    }

    private static List<String> bounded(List<String> ids) {
        return ids.size() <= MOST_EXAMPLES ? ids : ids.subList(0, MOST_EXAMPLES);
    }

    private static Severity highestSeverity(List<Finding> findings) {
        return findings.stream()
                .map(finding -> severity(finding.getSeverity()))
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFORMATIONAL);
    }

    private static Severity severity(String id) {
        return Severity.valueOf(id.toUpperCase(Locale.ROOT));
    }

    private static double highestScore(List<Finding> findings) {
        return findings.stream().mapToDouble(Finding::getScore).max().orElse(0);
    }

    private static int band(double score) {
        return (int) Math.min(SCORE_BANDS - 1, Math.floor(score * SCORE_BANDS));
    }
}

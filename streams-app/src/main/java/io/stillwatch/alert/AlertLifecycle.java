package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.signature.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides when an alert is opened, updated, closed and opened again.
 *
 * <p>An entity has one alert, with one id ({@link AlertId}) and one sequence of steps, numbered from 0 without gaps, over its
 * whole life; all signatures that hold are findings of it. It is updated when a signature joins, the severity rises, the
 * score passes into a higher quarter, a campaign has gained half as many accounts again, or the entity's requests have
 * grown fourfold since the last step: not on every event. It is closed when nothing has held for the quiet time, when none
 * of its signatures may alert any more, when all its findings are allowed, or by an analyst. When it is opened again
 * ({@link Reopening}), the time it was open before is in its history.
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
        if (memory.open().isPresent()) {
            return goOn(memory, memory.open().get(), seen);
        }
        if (seen.findings().isEmpty()) {
            return new Step(memory, Optional.empty());
        }
        long lastHeldMs = memory.isEmpty() ? seen.timeMs() : Math.max(memory.lastHeldMs(), seen.timeMs());
        if (memory.isEmpty()) {
            return published(memory, open(seen), lastHeldMs);
        }
        Alert closed = memory.closed().orElseThrow();
        return Reopening.isDue(closed, memory.lastHeldMs(), seen, quietTime)
                ? published(memory, reopen(closed, seen), lastHeldMs)
                : new Step(new AlertMemory(memory.newest(), lastHeldMs, memory.orders()), Optional.empty());
    }

    private Step goOn(AlertMemory memory, Alert open, Observation seen) {
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
        return changed(open, seen)
                ? published(memory, update(open, seen), lastHeldMs)
                : new Step(new AlertMemory(memory.newest(), lastHeldMs, memory.orders()), Optional.empty());
    }

    private static Step published(AlertMemory memory, Alert alert, long lastHeldMs) {
        Alert kept = alert.getState() == AlertState.CLOSED ? ClosedAlert.slim(alert) : alert;
        return new Step(new AlertMemory(Optional.of(kept), lastHeldMs, memory.orders()), Optional.of(alert));
    }

    /**
     * Takes an order of an analyst about the alert: each gives one step, and counts once, by its id. Nothing comes of an
     * order where there is no alert, or it is about another, or it says nothing that is known.
     *
     * @param now when, and with which totals
     */
    public Step obey(AlertMemory memory, TriageRecord order, SoFar now) {
        if (memory.isEmpty()
                || memory.orders().has(order.getId())
                || !concerns(order, memory.newest().get())) {
            return new Step(memory, Optional.empty());
        }
        return memory.newest()
                .flatMap(alert -> AnalystOrder.apply(alert, order, now))
                .map(alert -> published(
                        new AlertMemory(
                                memory.newest(),
                                memory.lastHeldMs(),
                                memory.orders().and(order.getId())),
                        alert,
                        // An alert that an analyst opens again has all of the quiet time to show something.
                        alert.getState() == AlertState.REOPENED
                                ? Math.max(memory.lastHeldMs(), now.timeMs())
                                : memory.lastHeldMs()))
                .orElseGet(() -> new Step(memory, Optional.empty()));
    }

    private static boolean concerns(TriageRecord order, Alert alert) {
        return order.getAlertId() == null || order.getAlertId().equals(alert.getAlertId());
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

    /**
     * Closes the open alert if all its findings are allowed.
     *
     * @param seen when and with which totals; nothing may hold
     * @param allowed the entry of the allowlist that lets a signature with an id pass, if one does
     */
    public Step allow(AlertMemory memory, Observation seen, Function<String, Optional<AllowlistEntry>> allowed) {
        if (memory.open().isEmpty()) {
            return new Step(memory, Optional.empty());
        }
        Alert open = memory.open().get();
        Map<String, AllowlistEntry> entries = new TreeMap<>();
        for (Finding finding : open.getFindings()) {
            Optional<AllowlistEntry> entry = allowed.apply(finding.getSignatureId());
            if (entry.isEmpty()) {
                return new Step(memory, Optional.empty());
            }
            entries.put(entry.get().getId(), entry.get());
        }
        return close(memory, open, seen, Allowlist.reason(entries.values()));
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

    /** Whether a step opens its alert, for the first time or again. */
    public static boolean opens(Alert step) {
        return step.getState() == AlertState.OPENED || step.getState() == AlertState.REOPENED;
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
                || AlertSeverity.of(seen.findings(), seen.accounts()).compareTo(AlertSeverity.named(open.getSeverity()))
                        > 0
                || band(highestScore(seen.findings())) > band(open.getScore())
                || gainedAccounts(open, seen)
                || seen.requests() >= GROWTH * Math.max(1, open.getRequests());
    }

    /** Once not all are listed any more, growth shows in the requests. */
    private static boolean gainedAccounts(Alert open, Observation seen) {
        int listed = open.getLinkedAccounts().size();
        return listed < Observation.MOST_LINKED && seen.accounts() >= LINKED_GROWTH * Math.max(1, listed);
    }

    private Alert open(Observation seen) {
        Alert alert = new Alert();
        alert.setAlertId(AlertId.of(seen.entityType(), seen.entityId()));
        alert.setSequence(0);
        alert.setState(AlertState.OPENED);
        alert.setEntityType(seen.entityType());
        alert.setEntityId(seen.entityId());
        alert.setHistory(List.of());
        begin(alert, seen);
        return alert;
    }

    private Alert reopen(Alert closed, Observation seen) {
        Alert alert = AnalystOrder.reopened(closed, seen.timeMs());
        begin(alert, seen);
        return alert;
    }

    private void begin(Alert alert, Observation seen) {
        alert.setOpenedAt(Math.max(alert.getTime(), seen.timeMs()));
        alert.setFindings(seen.findings());
        alert.setSeverity(AlertSeverity.of(seen.findings(), seen.accounts()).id());
        alert.setScore(highestScore(seen.findings()));
        alert.setExampleEventIds(bounded(seen.exampleEventIds()));
        describe(alert, seen);
    }

    private Alert update(Alert open, Observation seen) {
        Alert alert = Alert.newBuilder(open).build();
        alert.setSequence(open.getSequence() + 1);
        alert.setState(AlertState.UPDATED);
        alert.setFindings(joined(open.getFindings(), seen.findings()));
        Severity severity = AlertSeverity.of(seen.findings(), seen.accounts());
        if (severity.compareTo(AlertSeverity.named(open.getSeverity())) > 0) {
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
        alert.setTime(Math.max(open.getTime(), seen.timeMs()));
        alert.setRequests(seen.requests());
        alert.setOutputTokens(seen.outputTokens());
        alert.setCloseReason(reason);
        return published(memory, alert, memory.lastHeldMs());
    }

    /** The baseline is the one that the findings of this step were compared with. */
    private void describe(Alert alert, Observation seen) {
        alert.setBaseline(baseline);
        alert.setTime(Math.max(alert.getTime(), seen.timeMs()));
        alert.setFirstEventTime(seen.firstEventMs());
        alert.setRequests(seen.requests());
        alert.setOutputTokens(seen.outputTokens());
        alert.setLinkedAccounts(seen.linkedAccounts());
        alert.setAccounts(seen.accounts());
        AlertExplanation explanation = AlertExplanation.of(
                alert.getEntityType(), alert.getEntityId(), alert.getFindings(), seen.accounts(), seen.company());
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

    private static double highestScore(List<Finding> findings) {
        return findings.stream().mapToDouble(Finding::getScore).max().orElse(0);
    }

    private static int band(double score) {
        return (int) Math.min(SCORE_BANDS - 1, Math.floor(score * SCORE_BANDS));
    }
}

package io.stillwatch.decision;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps of alerts as the lifecycle would tell them: numbered without gaps, one open alert an entity. */
final class Steps {
    static final long HOUR_MS = 3_600_000;

    /** The beginning of a clock hour. */
    static final long START_MS = 1_790_000_000_000L / HOUR_MS * HOUR_MS;

    private final Map<String, Alert> newest = new HashMap<>();
    private int orders;

    /** The entity's alert is found: opened, updated, or opened again. */
    Alert found(String type, String id, Severity severity, double score, long timeMs, String... signatures) {
        Alert before = newest.get(type + id);
        Alert step = new Alert();
        step.setAlertId("al-" + type + "-" + id);
        step.setSequence(before == null ? 0 : before.getSequence() + 1);
        step.setState(
                before == null
                        ? AlertState.OPENED
                        : before.getState() == AlertState.CLOSED ? AlertState.REOPENED : AlertState.UPDATED);
        step.setEntityType(type);
        step.setEntityId(id);
        step.setSeverity(severity.id());
        step.setScore(score);
        step.setTime(timeMs);
        step.setOpenedAt(timeMs);
        step.setFindings(List.of(signatures).stream().map(Steps::finding).toList());
        newest.put(type + id, step);
        return step;
    }

    private static Finding finding(String signature) {
        Finding finding = new Finding();
        finding.setSignatureId(signature);
        finding.setSignatureVersion(1);
        return finding;
    }

    Alert account(String id, Severity severity, long timeMs) {
        return found("account", id, severity, 0.9, timeMs, "bulk");
    }

    Alert quiet(String type, String id, long timeMs) {
        return closed(type, id, timeMs, "No signature has held since 2026-09-21T00:00:00Z.", null, null);
    }

    Alert withdrawn(String type, String id, long timeMs) {
        return closed(type, id, timeMs, "Its signature bulk may no longer alert.", null, null);
    }

    Alert judged(String type, String id, long timeMs, String disposition) {
        return closed(type, id, timeMs, "Closed by hand.", "ann", disposition);
    }

    boolean isOpen(String type, String id) {
        Alert before = newest.get(type + id);
        return before != null && before.getState() != AlertState.CLOSED;
    }

    private Alert closed(String type, String id, long timeMs, String reason, String by, String disposition) {
        Alert before = newest.get(type + id);
        Alert step = new Alert();
        step.setAlertId(before.getAlertId());
        step.setSequence(before.getSequence() + 1);
        step.setState(AlertState.CLOSED);
        step.setEntityType(type);
        step.setEntityId(id);
        step.setSeverity(before.getSeverity());
        step.setScore(before.getScore());
        step.setTime(timeMs);
        step.setOpenedAt(before.getOpenedAt());
        step.setFindings(before.getFindings());
        step.setCloseReason(reason);
        step.setClosedBy(by);
        step.setDisposition(disposition);
        newest.put(type + id, step);
        return step;
    }

    static CampaignMember member(String campaign, String account, double confidence) {
        CampaignMember member = new CampaignMember();
        member.setCampaignId(campaign);
        member.setAccountId(account);
        member.setConfidence(confidence);
        return member;
    }

    /** An order to lift everything, to be narrowed. */
    TriageRecord lift() {
        TriageRecord order = new TriageRecord();
        order.setId("order-" + orders++);
        order.setTime(START_MS);
        order.setBy("ann");
        order.setAction(TriageAction.LIFT);
        order.setReason("a mistake");
        return order;
    }
}

package io.stillwatch.cli.alerts;

import io.stillwatch.cli.campaigns.CampaignJson;
import io.stillwatch.cli.option.Day;
import io.stillwatch.replay.Dossier;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An alert as a program reads it: maps, lists, texts and numbers. */
final class AlertValues {
    private AlertValues() {}

    /** What a line of the list says. */
    static Map<String, Object> summary(KnownAlerts.Known known) {
        Alert alert = known.newest();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", alert.getAlertId());
        values.put("state", state(alert));
        values.put("severity", alert.getSeverity());
        values.put("score", alert.getScore());
        values.put("entity_type", alert.getEntityType());
        values.put("entity_id", alert.getEntityId());
        values.put("title", alert.getTitle());
        values.put("opened_at", Day.of(alert.getOpenedAt()));
        values.put("updated_at", Day.of(alert.getTime()));
        values.put("sequence", alert.getSequence());
        values.put("requests", alert.getRequests());
        values.put("output_tokens", alert.getOutputTokens());
        values.put("acknowledged_by", alert.getAcknowledgedBy());
        values.put("disposition", known.disposition().orElse(null));
        values.put("disposition_before", known.dispositionBefore().orElse(null));
        values.put("closed_by", alert.getClosedBy());
        values.put("close_reason", alert.getCloseReason());
        values.put("times_opened", alert.getHistory().size() + 1);
        values.put("signatures", signatures(alert));
        return values;
    }

    /** All that is known of it, and what analysts did about it. */
    static Map<String, Object> whole(ShownAlert shown) {
        KnownAlerts.Known known = shown.alert();
        Alert alert = known.newest();
        Map<String, Object> values = summary(known);
        values.put("explanation", alert.getExplanation());
        values.put("acknowledged_at", alert.getAcknowledgedAt() == null ? null : Day.of(alert.getAcknowledgedAt()));
        values.put("disposition_reason", alert.getDispositionReason());
        values.put("baseline", alert.getBaseline());
        values.put(
                "findings", known.findings().stream().map(CampaignJson::finding).toList());
        values.put("example_event_ids", List.copyOf(alert.getExampleEventIds()));
        values.put("linked_accounts", List.copyOf(alert.getLinkedAccounts()));
        values.put(
                "history", alert.getHistory().stream().map(AlertValues::period).toList());
        values.put("who", shown.dossier().map(AlertValues::who).orElse(null));
        values.put(
                "decisions",
                shown.decisions().stream().map(AlertValues::decision).toList());
        values.put(
                "allowlist", shown.allowed().stream().map(AllowlistEntry::getId).toList());
        values.put(
                "next",
                NextSteps.of(shown).steps().stream()
                        .map(NextSteps.Step::command)
                        .toList());
        values.put("trail", shown.trail().stream().map(AlertValues::line).toList());
        return values;
    }

    private static Map<String, Object> who(Dossier who) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("requests_kept", who.kept());
        values.put("signed_up", who.created().map(Day::of).orElse(null));
        values.put("organizations", List.copyOf(who.organizations()));
        values.put("models", who.models());
        values.put("api_keys", who.keys());
        values.put("end_users_named", who.endUsers());
        values.put("links", who.links());
        values.put("shared_with", who.shared());
        Map<String, Long> hours = new LinkedHashMap<>();
        who.hours().byHour().forEach((hourMs, requests) -> hours.put(Day.of(hourMs), requests));
        values.put("requests_by_hour", hours);
        return values;
    }

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("account", decision.getAccountId());
        values.put("action", decision.getAction().name().toLowerCase(Locale.ROOT));
        values.put("valid_until", decision.getValidUntil() == null ? null : Day.of(decision.getValidUntil()));
        return values;
    }

    private static Map<String, Object> period(AlertPeriod period) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("opened_at", Day.of(period.getOpenedAt()));
        values.put("closed_at", Day.of(period.getClosedAt()));
        values.put("close_reason", period.getCloseReason());
        values.put("closed_by", period.getClosedBy());
        values.put("disposition", period.getDisposition());
        values.put("severity", period.getSeverity());
        values.put("score", period.getScore());
        return values;
    }

    private static Map<String, Object> line(TriageRecord record) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("time", Day.of(record.getTime()));
        values.put("by", record.getBy());
        values.put("action", action(record));
        values.put("disposition", record.getDisposition());
        values.put("reason", record.getReason());
        return values;
    }

    /** Name of what an analyst did. */
    static String action(TriageRecord record) {
        return record.getAction().name().toLowerCase(Locale.ROOT);
    }

    /** open or closed. */
    static String state(Alert alert) {
        return alert.getState() == AlertState.CLOSED ? "closed" : "open";
    }

    /** Signatures among its findings, strongest first. */
    static List<String> signatures(Alert alert) {
        return alert.getFindings().stream()
                .map(Finding::getSignatureId)
                .distinct()
                .toList();
    }
}

package io.stillwatch.cli.campaigns;

import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A campaign as a program reads it: maps, lists, texts and numbers. */
public final class CampaignJson {
    private CampaignJson() {}

    /** What a line of the list says. */
    static Map<String, Object> summary(KnownCampaign campaign) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", campaign.id());
        values.put("state", state(campaign));
        campaign.newest().ifPresent(alert -> {
            values.put("alert_id", alert.getAlertId());
            values.put("title", alert.getTitle());
            values.put("severity", alert.getSeverity());
            values.put("score", alert.getScore());
            values.put("opened_at", time(alert.getOpenedAt()));
            values.put("updated_at", time(alert.getTime()));
            if (alert.getCloseReason() != null) {
                values.put("close_reason", alert.getCloseReason());
            }
        });
        values.put("accounts", campaign.members().size());
        values.put("requests", campaign.requests());
        values.put("output_tokens", campaign.outputTokens());
        values.put("behaviours", campaign.behaviours());
        return values;
    }

    /** All that is known of it. */
    static Map<String, Object> whole(KnownCampaign campaign) {
        Map<String, Object> values = summary(campaign);
        campaign.newest().ifPresent(alert -> {
            values.put("explanation", alert.getExplanation());
            values.put(
                    "findings",
                    alert.getFindings().stream().map(CampaignJson::finding).toList());
        });
        values.put("alerts", campaign.alerts().stream().map(CampaignJson::life).toList());
        values.put(
                "members", campaign.members().stream().map(CampaignJson::member).toList());
        return values;
    }

    /** A member of it. */
    static Map<String, Object> member(CampaignMember member) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("account_id", member.getAccountId());
        values.put("joined_at", time(member.getJoinedAt()));
        values.put("confidence", member.getConfidence());
        values.put("requests", member.getRequests());
        values.put("output_tokens", member.getOutputTokens());
        values.put("shared_kinds", member.getSharedKinds());
        values.put("reason", member.getReason());
        return values;
    }

    /** State of its newest alert: open, closed, or - where the alerts topic has none. */
    static String state(KnownCampaign campaign) {
        return campaign.newest()
                .map(alert -> alert.getState() == AlertState.CLOSED ? "closed" : "open")
                .orElse("-");
    }

    private static Map<String, Object> life(AlertLife life) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("alert_id", life.last().getAlertId());
        values.put("steps", life.steps().stream().map(CampaignJson::step).toList());
        return values;
    }

    private static Map<String, Object> step(Alert step) {
        KnownCampaign.Size size = KnownCampaign.Size.at(step);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("state", step.getState().name().toLowerCase(Locale.ROOT));
        values.put("time", time(step.getTime()));
        values.put(size.orMore() ? "accounts_at_least" : "accounts", size.accounts());
        values.put("requests", step.getRequests());
        values.put("output_tokens", step.getOutputTokens());
        values.put("severity", step.getSeverity());
        values.put("score", step.getScore());
        return values;
    }

    /** A finding with its evidence. */
    public static Map<String, Object> finding(Finding finding) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("signature", finding.getSignatureId());
        values.put("version", finding.getSignatureVersion());
        values.put("title", finding.getTitle());
        values.put("severity", finding.getSeverity());
        values.put("score", finding.getScore());
        values.put("window", finding.getWindow());
        values.put(
                "evidence",
                finding.getEvidence().stream().map(CampaignJson::feature).toList());
        values.put("atlas", List.copyOf(finding.getAtlas()));
        values.put("owasp", List.copyOf(finding.getOwasp()));
        return values;
    }

    private static Map<String, Object> feature(FeatureValue feature) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", feature.getName());
        values.put("value", feature.getValue());
        values.put("unit", feature.getUnit());
        values.put("threshold", feature.getThreshold());
        values.put("quantile", feature.getQuantile());
        values.put("explanation", feature.getExplanation());
        return values;
    }

    private static String time(long timeMs) {
        return Instant.ofEpochMilli(timeMs).toString();
    }
}

package io.stillwatch.alert.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.alert.Atlas;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.JsonLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An alert's step as an OCSF Detection Finding (class 2004, schema {@value #SCHEMA_VERSION}), one JSON object a line.
 *
 * <p>The steps of an alert share {@code finding_info.uid} and differ in {@code metadata.uid} and
 * {@code metadata.sequence}. The strongest finding is the analytic, the others are related analytics; each finding is
 * one evidence with its features, and one anomaly analysis of them. Who took it on and what it turned out to be are told
 * with the attributes of the incident profile. What OCSF has no attribute for is in
 * {@code unmapped}. The order of fields is fixed, so equal alerts give equal bytes.
 */
public final class OcsfDetectionFinding {
    /** The OCSF schema the findings follow. */
    public static final String SCHEMA_VERSION = "1.8.0";

    /** Linked accounts written out; more are only counted, so that a campaign of thousands still fits a message. */
    public static final int LINKED_ACCOUNTS_LIMIT = 500;

    private static final int CLASS_UID = 2004;
    private static final double HIGH_CONFIDENCE_FROM = 0.8;
    private static final double MEDIUM_CONFIDENCE_FROM = 0.5;
    private static final String ACCOUNT_TYPE = "Model API account";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String productVersion;

    /** @param productVersion the version of Stillwatch to name as the reporting product */
    public OcsfDetectionFinding(String productVersion) {
        this.productVersion = productVersion;
    }

    /**
     * The alert's step on one line, without a line end.
     *
     * @throws IllegalArgumentException when the severity is none of an alert's
     */
    public String line(Alert alert) {
        return JsonLine.of(detectionFinding(alert));
    }

    private ObjectNode detectionFinding(Alert alert) {
        OcsfSeverity severity = OcsfSeverity.named(alert.getSeverity());
        Activity activity = Activity.of(alert.getState());
        double score = Math.min(Math.max(alert.getScore(), 0), 1);
        ObjectNode event = JSON.objectNode();
        event.put("activity_id", activity.id);
        event.put("activity_name", activity.caption);
        event.put("category_uid", 2);
        event.put("category_name", "Findings");
        event.put("class_uid", CLASS_UID);
        event.put("class_name", "Detection Finding");
        event.put("type_uid", CLASS_UID * 100 + activity.id);
        event.put("type_name", "Detection Finding: " + activity.caption);
        event.put("time", alert.getTime());
        event.put("start_time", alert.getFirstEventTime());
        event.put("end_time", lastSeen(alert));
        event.put("severity_id", severity.id());
        event.put("severity", severity.caption());
        OcsfStatus status = OcsfStatus.of(alert);
        event.put("status_id", status.id());
        event.put("status", status.caption());
        if (alert.getCloseReason() != null) {
            text(event, "status_detail", alert.getCloseReason());
        }
        triage(event, alert);
        confidence(event, score);
        event.put("risk_level_id", severity.riskId());
        event.put("risk_level", severity.riskCaption());
        event.put("risk_score", severity.riskScore(score));
        // OCSF: a signal to act on when it is created or changed, not when it is closed.
        event.put("is_alert", alert.getState() != AlertState.CLOSED);
        text(event, "message", alert.getTitle());
        event.set("finding_info", findingInfo(alert));
        event.set("evidences", evidences(alert));
        event.set("anomaly_analyses", anomalyAnalyses(alert));
        event.set("resources", resources(alert));
        event.set("observables", observables(alert));
        event.set("metadata", metadata(alert));
        event.set("unmapped", unmapped(alert));
        for (String name : List.of("evidences", "anomaly_analyses")) {
            if (event.get(name).isEmpty()) {
                event.remove(name);
            }
        }
        return event;
    }

    /** What analysts have done, with the attributes that the incident profile adds. */
    private static void triage(ObjectNode event, Alert alert) {
        if (alert.getAcknowledgedBy() != null) {
            text(event.putObject("assignee"), "name", alert.getAcknowledgedBy());
        }
        if (alert.getDisposition() != null) {
            OcsfVerdict verdict = OcsfVerdict.of(alert.getDisposition());
            event.put("verdict_id", verdict.id());
            text(event, "verdict", verdict.caption(alert.getDisposition()));
        }
        if (alert.getDispositionReason() != null) {
            text(event, "comment", alert.getDispositionReason());
        }
    }

    private static boolean isTriaged(Alert alert) {
        return alert.getAcknowledgedBy() != null || alert.getDisposition() != null;
    }

    private static void confidence(ObjectNode event, double score) {
        if (score >= HIGH_CONFIDENCE_FROM) {
            event.put("confidence_id", 3).put("confidence", "High");
        } else if (score >= MEDIUM_CONFIDENCE_FROM) {
            event.put("confidence_id", 2).put("confidence", "Medium");
        } else {
            event.put("confidence_id", 1).put("confidence", "Low");
        }
        event.put("confidence_score", Math.round(100 * score));
    }

    private static ObjectNode findingInfo(Alert alert) {
        ObjectNode info = JSON.objectNode();
        text(info, "uid", alert.getAlertId());
        text(info, "title", alert.getTitle());
        text(info, "desc", alert.getExplanation());
        info.putArray("types").add("Model distillation");
        info.put("created_time", firstOpened(alert));
        info.put("modified_time", alert.getTime());
        info.put("first_seen_time", alert.getFirstEventTime());
        info.put("last_seen_time", lastSeen(alert));
        List<Finding> findings = alert.getFindings();
        if (!findings.isEmpty()) {
            info.set("analytic", analytic(findings.get(0)));
        }
        if (findings.size() > 1) {
            ArrayNode related = info.putArray("related_analytics");
            findings.stream().skip(1).forEach(finding -> related.add(analytic(finding)));
        }
        Set<String> techniques = new LinkedHashSet<>();
        findings.forEach(finding -> techniques.addAll(finding.getAtlas()));
        if (!techniques.isEmpty()) {
            ArrayNode attacks = info.putArray("attacks");
            techniques.forEach(id -> attacks.add(attack(Atlas.place(id))));
        }
        if (!alert.getExampleEventIds().isEmpty()) {
            ArrayNode events = info.putArray("related_events");
            for (String id : alert.getExampleEventIds()) {
                ObjectNode event = events.addObject();
                text(event, "uid", id);
                event.put("type", "Model API request");
            }
        }
        return info;
    }

    private static long firstOpened(Alert alert) {
        return alert.getHistory().isEmpty()
                ? alert.getOpenedAt()
                : alert.getHistory().get(0).getOpenedAt();
    }

    private static ObjectNode analytic(Finding finding) {
        ObjectNode analytic = JSON.objectNode();
        text(analytic, "uid", finding.getSignatureId());
        text(analytic, "name", finding.getTitle());
        analytic.put("version", Integer.toString(finding.getSignatureVersion()));
        analytic.put("type_id", 2);
        analytic.put("type", "Behavioral");
        return analytic;
    }

    private static ObjectNode attack(Atlas.Place place) {
        ObjectNode attack = JSON.objectNode();
        attack.put("version", Atlas.VERSION);
        place.tactic().ifPresent(tactic -> attack.set("tactic", named(tactic)));
        attack.set("technique", named(place.technique()));
        place.subTechnique().ifPresent(subTechnique -> attack.set("sub_technique", named(subTechnique)));
        return attack;
    }

    private static ObjectNode named(Atlas.Named named) {
        ObjectNode node = JSON.objectNode();
        text(node, "uid", named.id());
        named.name().ifPresent(name -> node.put("name", name));
        return node;
    }

    private static ArrayNode evidences(Alert alert) {
        ArrayNode evidences = JSON.arrayNode();
        for (Finding finding : alert.getFindings()) {
            ObjectNode evidence = evidences.addObject();
            text(evidence, "uid", finding.getSignatureId() + "@" + finding.getSignatureVersion());
            evidence.put("name", "Stillwatch finding");
            if (isAccount(alert)) {
                ObjectNode user = evidence.putObject("user");
                text(user, "uid", alert.getEntityId());
                ObjectNode account = user.putObject("account");
                text(account, "uid", alert.getEntityId());
                account.put("type_id", 99);
                account.put("type", ACCOUNT_TYPE);
            }
            evidence.set("data", data(finding));
        }
        return evidences;
    }

    private static ObjectNode data(Finding finding) {
        ObjectNode data = JSON.objectNode();
        text(data, "signature_id", finding.getSignatureId());
        data.put("signature_version", finding.getSignatureVersion());
        text(data, "severity", finding.getSeverity());
        data.set("score", JsonLine.number(finding.getScore()));
        text(data, "window", finding.getWindow());
        data.put("window_start", finding.getWindowStart());
        data.put("window_end", finding.getWindowEnd());
        data.put("requests", finding.getRequests());
        data.put("output_tokens", finding.getOutputTokens());
        data.set("completeness", JsonLine.number(finding.getCompleteness()));
        ArrayNode features = data.putArray("features");
        for (FeatureValue feature : finding.getEvidence()) {
            ObjectNode node = features.addObject();
            text(node, "name", feature.getName());
            node.set("value", JsonLine.number(feature.getValue()));
            text(node, "unit", feature.getUnit());
            if (feature.getThreshold() != null) {
                node.set("threshold", JsonLine.number(feature.getThreshold()));
            }
            if (feature.getQuantile() != null) {
                node.set("quantile", JsonLine.number(feature.getQuantile()));
            }
            if (!feature.getExplanation().isEmpty()) {
                text(node, "explanation", feature.getExplanation());
            }
        }
        return data;
    }

    private static ArrayNode anomalyAnalyses(Alert alert) {
        ArrayNode analyses = JSON.arrayNode();
        for (Finding finding : alert.getFindings()) {
            if (finding.getEvidence().isEmpty()) {
                continue;
            }
            ObjectNode analysis = analyses.addObject();
            ObjectNode target = analysis.putArray("analysis_targets").addObject();
            text(target, "name", alert.getEntityId());
            text(target, "type", alert.getEntityType());
            ArrayNode anomalies = analysis.putArray("anomalies");
            ArrayNode baselines = JSON.arrayNode();
            for (FeatureValue feature : finding.getEvidence()) {
                anomalies.add(anomaly(finding, feature));
                if (feature.getThreshold() != null) {
                    baselines.add(observed(feature, feature.getThreshold(), "THRESHOLD"));
                }
                if (feature.getQuantile() != null) {
                    baselines.add(observed(feature, feature.getQuantile(), "QUANTILE_AMONG_ACCOUNTS"));
                }
            }
            if (!baselines.isEmpty()) {
                analysis.set("baselines", baselines);
            }
        }
        return analyses;
    }

    private static ObjectNode anomaly(Finding finding, FeatureValue feature) {
        ObjectNode anomaly = observed(feature, feature.getValue(), pattern(feature));
        ObjectNode observation = (ObjectNode) anomaly.get("observations").get(0);
        ObjectNode timespan = observation.putObject("timespan");
        timespan.put("type_id", 9);
        timespan.put("type", "Time Interval");
        timespan.put("start_time", finding.getWindowStart());
        timespan.put("end_time", finding.getWindowEnd());
        return anomaly;
    }

    private static ObjectNode observed(FeatureValue feature, double value, String pattern) {
        ObjectNode node = JSON.objectNode();
        text(node, "observation_parameter", feature.getName());
        node.put("observation_type", "Distribution Analysis");
        node.put("observed_pattern", pattern);
        node.putArray("observations").addObject().put("value", JsonLine.digits(value));
        return node;
    }

    private static String pattern(FeatureValue feature) {
        if (feature.getThreshold() == null) {
            return "OBSERVED";
        }
        int comparison = Double.compare(feature.getValue(), feature.getThreshold());
        if (comparison == 0) {
            return "AT_THRESHOLD";
        }
        return comparison > 0 ? "ABOVE_THRESHOLD" : "BELOW_THRESHOLD";
    }

    /** The entity first, then the accounts around it: members of a campaign act, neighbours of an account relate. */
    private static ArrayNode resources(Alert alert) {
        ArrayNode resources = JSON.arrayNode();
        resource(resources, alert.getEntityId(), alert.getEntityType(), true);
        linked(alert).forEach(account -> resource(resources, account, "account", !isAccount(alert)));
        return resources;
    }

    private static void resource(ArrayNode resources, String id, String type, boolean actor) {
        ObjectNode resource = resources.addObject();
        text(resource, "uid", id);
        text(resource, "type", type);
        resource.put("role_id", actor ? 2 : 4);
        resource.put("role", actor ? "Actor" : "Related");
    }

    private static ArrayNode observables(Alert alert) {
        ArrayNode observables = JSON.arrayNode();
        if (isAccount(alert) && !alert.getFindings().isEmpty()) {
            observable(observables, "evidences[].user.account.uid", 35, "Account uid", alert.getEntityId());
        }
        observable(observables, "resources[0].uid", 10, "Resource UID", alert.getEntityId());
        int position = 1;
        for (String account : linked(alert)) {
            observable(observables, "resources[" + position + "].uid", 10, "Resource UID", account);
            position++;
        }
        return observables;
    }

    private static void observable(ArrayNode observables, String name, int typeId, String type, String value) {
        ObjectNode observable = observables.addObject();
        observable.put("name", name);
        observable.put("type_id", typeId);
        observable.put("type", type);
        text(observable, "value", value);
    }

    private ObjectNode metadata(Alert alert) {
        ObjectNode metadata = JSON.objectNode();
        metadata.put("version", SCHEMA_VERSION);
        ObjectNode product = metadata.putObject("product");
        product.put("name", "Stillwatch");
        product.put("vendor_name", "Stillwatch");
        text(product, "version", productVersion);
        text(metadata, "uid", alert.getAlertId() + ":" + alert.getSequence());
        text(metadata, "correlation_uid", alert.getAlertId());
        metadata.put("sequence", alert.getSequence());
        if (isTriaged(alert)) {
            metadata.putArray("profiles").add("incident");
        }
        if (alert.getLinkedAccounts().size() > LINKED_ACCOUNTS_LIMIT || accounts(alert) > listed(alert)) {
            metadata.put("is_truncated", true);
        }
        return metadata;
    }

    private static ObjectNode unmapped(Alert alert) {
        ObjectNode unmapped = JSON.objectNode();
        text(unmapped, "entity_type", alert.getEntityType());
        text(unmapped, "entity_id", alert.getEntityId());
        unmapped.set("score", JsonLine.number(alert.getScore()));
        unmapped.put("requests", alert.getRequests());
        unmapped.put("output_tokens", alert.getOutputTokens());
        unmapped.put("linked_accounts", alert.getLinkedAccounts().size());
        if (alert.getAccounts() > 0) {
            unmapped.put("accounts", alert.getAccounts());
        }
        if (alert.getAcknowledgedAt() != null) {
            unmapped.put("acknowledged_at", alert.getAcknowledgedAt());
        }
        if (alert.getClosedBy() != null) {
            text(unmapped, "closed_by", alert.getClosedBy());
        }
        if (!alert.getHistory().isEmpty()) {
            unmapped.set("history", history(alert));
        }
        text(unmapped, "baseline", alert.getBaseline());
        Set<String> owasp = new LinkedHashSet<>();
        alert.getFindings().forEach(finding -> owasp.addAll(finding.getOwasp()));
        ArrayNode ids = unmapped.putArray("owasp");
        owasp.forEach(id -> ids.add(JsonLine.text(id)));
        return unmapped;
    }

    private static ArrayNode history(Alert alert) {
        ArrayNode history = JSON.arrayNode();
        for (AlertPeriod period : alert.getHistory()) {
            ObjectNode node = history.addObject();
            node.put("opened_at", period.getOpenedAt());
            node.put("closed_at", period.getClosedAt());
            text(node, "close_reason", period.getCloseReason());
            if (period.getClosedBy() != null) {
                text(node, "closed_by", period.getClosedBy());
            }
            if (period.getDisposition() != null) {
                text(node, "disposition", period.getDisposition());
            }
            text(node, "severity", period.getSeverity());
            node.set("score", JsonLine.number(period.getScore()));
        }
        return history;
    }

    private static long accounts(Alert alert) {
        return isAccount(alert) ? 0 : alert.getAccounts();
    }

    private static long listed(Alert alert) {
        return alert.getLinkedAccounts().size();
    }

    private static List<String> linked(Alert alert) {
        List<String> accounts = alert.getLinkedAccounts();
        return accounts.subList(0, Math.min(accounts.size(), LINKED_ACCOUNTS_LIMIT));
    }

    /** The newest request the evidence can hold: its windows end before their end, and never after this step. */
    private static long lastSeen(Alert alert) {
        long windowsEnd = alert.getFindings().stream()
                .mapToLong(Finding::getWindowEnd)
                .max()
                .orElse(Long.MAX_VALUE);
        return Math.max(alert.getFirstEventTime(), Math.min(alert.getTime(), windowsEnd - 1));
    }

    private static boolean isAccount(Alert alert) {
        return alert.getEntityType().equals("account");
    }

    private static void text(ObjectNode object, String name, String value) {
        object.set(name, JsonLine.text(value));
    }

    /** A step of an alert's life in OCSF's words. One that is opened again is the finding that was created before. */
    private enum Activity {
        CREATE(1, "Create"),
        UPDATE(2, "Update"),
        CLOSE(3, "Close");

        private final int id;
        private final String caption;

        Activity(int id, String caption) {
            this.id = id;
            this.caption = caption;
        }

        static Activity of(AlertState state) {
            return switch (state) {
                case OPENED -> CREATE;
                case UPDATED, REOPENED -> UPDATE;
                case CLOSED -> CLOSE;
            };
        }
    }
}

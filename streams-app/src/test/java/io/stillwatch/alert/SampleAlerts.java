package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.serde.MessageTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Alerts with everything an alert can carry, made up for tests; their explanations come from their findings. */
public final class SampleAlerts {
    static {
        // A builder gives an absent list its default, which Avro makes of classes that it must trust.
        MessageTypes.trust();
    }

    private static final Instant START = Instant.parse("2026-05-04T07:00:00Z");

    private SampleAlerts() {}

    /** By the name of the golden files. */
    public static Map<String, Alert> byName() {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        alerts.put("opened", opened());
        alerts.put("updated", updated());
        alerts.put("closed", closed());
        alerts.put("acknowledged", acknowledged());
        alerts.put("dismissed", dismissed());
        alerts.put("reopened", reopened());
        alerts.put("campaign", campaign());
        alerts.put("hostile-text", hostileText());
        alerts.put("bare", bare());
        return alerts;
    }

    /** Bulk instruction harvest by one account, just seen. */
    public static Alert opened() {
        return explained(
                alert("al-5f0c11", "a-81", AlertState.OPENED, 0, at(9, 12)).setFindings(List.of(bulkHarvest(4_212))));
    }

    /** The same alert with more findings and company. */
    public static Alert updated() {
        return explained(alert("al-5f0c11", "a-81", AlertState.UPDATED, 1, at(31, 40))
                .setSeverity("critical")
                .setScore(0.97)
                .setRequests(9_850)
                .setOutputTokens(14_380_221)
                .setFindings(List.of(bulkHarvest(8_700), reasoningElicitation(), logprobHarvest(), bestOfN()))
                .setLinkedAccounts(List.of("a-82", "a-90", "a-113")));
    }

    /** The same alert after quiet time. */
    public static Alert closed() {
        return explained(alert("al-5f0c11", "a-81", AlertState.CLOSED, 2, at(106, 0))
                .setSeverity("critical")
                .setScore(0.97)
                .setRequests(10_004)
                .setOutputTokens(14_612_090)
                .setFindings(List.of(bulkHarvest(8_700), reasoningElicitation()))
                .setLinkedAccounts(List.of("a-82", "a-90", "a-113"))
                .setCloseReason("no finding for 72 h"));
    }

    /** The opened alert, taken on by an analyst. */
    public static Alert acknowledged() {
        return explained(alert("al-5f0c11", "a-81", AlertState.UPDATED, 1, at(10, 0))
                .setFindings(List.of(bulkHarvest(4_212)))
                .setAcknowledgedAt(at(10, 0).toEpochMilli())
                .setAcknowledgedBy("kim"));
    }

    /** The acknowledged alert, closed by the analyst as a false positive. */
    public static Alert dismissed() {
        return explained(alert("al-5f0c11", "a-81", AlertState.CLOSED, 2, at(11, 0))
                .setFindings(List.of(bulkHarvest(4_212)))
                .setAcknowledgedAt(at(10, 0).toEpochMilli())
                .setAcknowledgedBy("kim")
                .setCloseReason("Closed by kim: a load test of our own.")
                .setClosedBy("kim")
                .setDisposition("false_positive")
                .setDispositionReason("a load test of our own"));
    }

    /** The closed alert, opened again a day later. */
    public static Alert reopened() {
        AlertPeriod before = AlertPeriod.newBuilder()
                .setOpenedAt(at(9, 12).toEpochMilli())
                .setClosedAt(at(106, 0).toEpochMilli())
                .setCloseReason("no finding for 72 h")
                .setDisposition("true_positive")
                .setSeverity("critical")
                .setScore(0.97)
                .build();
        return explained(alert("al-5f0c11", "a-81", AlertState.REOPENED, 3, at(130, 0))
                .setOpenedAt(at(130, 0).toEpochMilli())
                .setFindings(List.of(bulkHarvest(9_100)))
                .setHistory(List.of(before)));
    }

    /** Some accounts under one alert. */
    public static Alert campaign() {
        return campaign(14);
    }

    /** As many accounts under one alert. */
    public static Alert campaign(int accounts) {
        Finding finding = finding("campaign-sharding", 4, "Complementary sharding over accounts", "high", 0.88, "P7D")
                .setRequests(28_110)
                .setOutputTokens(31_900_000)
                .setCompleteness(0.913)
                .setEvidence(List.of(
                        feature(
                                "template_similarity",
                                0.991,
                                "share",
                                0.9,
                                0.9996,
                                "99.1 % of prompts share a template"),
                        feature("content_overlap", 0.0042, "share", 0.05, 0.004, ""),
                        feature("accounts", accounts, "accounts", 8.0, null, "")))
                .setAtlas(List.of("AML.T0024.002", "AML.T0008.005", "AML.T0021"))
                .setOwasp(List.of("LLM10:2025", "LLM06:2026"))
                .build();
        return explained(alert("al-c0ffee", "c-12", AlertState.OPENED, 0, at(150, 3))
                .setEntityType("campaign")
                .setAccounts(accounts)
                .setSeverity("high")
                .setScore(0.88)
                .setRequests(28_110)
                .setOutputTokens(31_900_000)
                .setFindings(List.of(finding))
                .setLinkedAccounts(IntStream.range(0, accounts)
                        .mapToObj(i -> "h-" + (10_000 + i))
                        .toList()));
    }

    /** Identifiers and clauses that try to break out of every format. */
    public static Alert hostileText() {
        String hostile =
                "</script><script>alert(1)</script>\" onload='x' {\"a\":1}\\ \u0000\u0007\u001b[2J\n\r\t\u007f\u0085"
                        + "\u2028\u2029\u202e\ufeff\ud83d\ude00 é ]]> <!-- %n ${jndi:x} \ud800";
        Finding finding = finding(hostile, 1, hostile, "low", 0.31, hostile)
                .setRequests(1)
                .setEvidence(List.of(
                        feature(hostile, 1, hostile, 1.0, 0.5, hostile),
                        feature("not_a_number", Double.NaN, "share", Double.POSITIVE_INFINITY, 1.0, "")))
                .setAtlas(List.of(hostile, "AML.T9999.001"))
                .setOwasp(List.of(hostile))
                .build();
        return explained(alert(hostile, hostile, AlertState.OPENED, 0, at(1, 0))
                .setSeverity("low")
                .setScore(0.31)
                .setFindings(List.of(finding))
                .setExampleEventIds(List.of(hostile))
                .setLinkedAccounts(List.of(hostile))
                .setBaseline(hostile)
                .setCloseReason(hostile));
    }

    /** As little as an alert can carry. */
    public static Alert bare() {
        return explained(alert("al-0", "a-0", AlertState.CLOSED, 7, at(0, 0))
                .setSeverity("informational")
                .setScore(0)
                .setRequests(0)
                .setOutputTokens(0)
                .setFindings(List.of())
                .setExampleEventIds(List.of())
                .setBaseline(""));
    }

    public static Alert.Builder alert(String id, String entity, AlertState state, long sequence, Instant time) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setSequence(sequence)
                .setState(state)
                .setEntityType("account")
                .setEntityId(entity)
                .setSeverity("high")
                .setScore(0.93)
                .setTime(time.toEpochMilli())
                .setOpenedAt(at(9, 12).toEpochMilli())
                .setFirstEventTime(START.toEpochMilli())
                .setRequests(4_212)
                .setOutputTokens(6_120_455)
                .setTitle("")
                .setExplanation("")
                .setFindings(new ArrayList<>())
                .setExampleEventIds(List.of("ev-000017", "ev-002981", "ev-004105"))
                .setBaseline("public-chat 3");
    }

    public static Finding.Builder finding(
            String signature, int version, String title, String severity, double score, String window) {
        return Finding.newBuilder()
                .setSignatureId(signature)
                .setSignatureVersion(version)
                .setTitle(title)
                .setSeverity(severity)
                .setScore(score)
                .setWindow(window)
                .setWindowStart(START.toEpochMilli())
                .setWindowEnd(START.plus(Duration.ofHours(24)).toEpochMilli())
                .setRequests(100)
                .setOutputTokens(0)
                .setEvidence(List.of());
    }

    public static FeatureValue feature(
            String name, double value, String unit, Double threshold, Double quantile, String explanation) {
        return FeatureValue.newBuilder()
                .setName(name)
                .setValue(value)
                .setUnit(unit)
                .setThreshold(threshold)
                .setQuantile(quantile)
                .setExplanation(explanation)
                .build();
    }

    private static Finding bulkHarvest(long requests) {
        return finding("bulk-instruction-harvest", 3, "Bulk instruction harvest", "high", 0.93, "PT24H")
                .setRequests(requests)
                .setOutputTokens(6_120_455)
                .setEvidence(List.of(
                        feature(
                                "novel_prompt_share",
                                0.9714,
                                "share",
                                0.9,
                                0.9991,
                                "97.1 % of prompts never seen before"),
                        feature("occupied_cells", 58, "count", 40.0, 0.999, "spread over 58 of 64 topic cells"),
                        feature("single_turn_share", 1, "share", 0.95, 0.81, ""),
                        feature("median_answer_length", 1_371.5, "tokens", 600.0, 0.967, "")))
                .setAtlas(List.of("AML.T0024.002", "AML.T0040"))
                .setOwasp(List.of("LLM10:2025", "LLM06:2026"))
                .build();
    }

    private static Finding reasoningElicitation() {
        return finding("reasoning-trace-elicitation", 2, "Reasoning-trace elicitation", "critical", 0.97, "PT24H")
                .setRequests(8_700)
                .setOutputTokens(12_900_110)
                .setEvidence(List.of(
                        feature("step_by_step_share", 0.88, "share", 0.6, 0.9987, "88 % ask for written-out reasoning"),
                        feature(
                                "novel_prompt_share",
                                0.9714,
                                "share",
                                0.9,
                                0.9991,
                                "97.1 % of prompts never seen before")))
                .setAtlas(List.of("AML.T0024.002", "AML.T0005.001"))
                .setOwasp(List.of("LLM06:2026"))
                .build();
    }

    private static Finding logprobHarvest() {
        return finding("logprob-harvest", 1, "Log-probability harvest", "medium", 0.61, "PT1H")
                .setCompleteness(0.98)
                .setEvidence(List.of(feature("logprobs_share", 0.412, "share", 0.4, 0.9999, "")))
                .setAtlas(List.of("AML.T0024.002"))
                .build();
    }

    private static Finding bestOfN() {
        return finding("best-of-n", 1, "Best-of-n sampling", "medium", 0.55, "PT1H")
                .setEvidence(List.of(feature("repeats_per_prompt", 7.96, "count", 4.0, null, "")))
                .build();
    }

    private static Instant at(int hours, int minutes) {
        return START.plus(Duration.ofHours(hours)).plus(Duration.ofMinutes(minutes));
    }

    private static Alert explained(Alert.Builder builder) {
        AlertExplanation explanation = AlertExplanation.of(
                builder.getEntityType(),
                builder.getEntityId(),
                builder.getFindings(),
                builder.getLinkedAccounts() == null
                        ? 0
                        : builder.getLinkedAccounts().size());
        return builder.setTitle(explanation.title())
                .setExplanation(explanation.paragraph())
                .build();
    }
}

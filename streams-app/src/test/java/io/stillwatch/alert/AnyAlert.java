package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.serde.MessageTypes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Alerts with arbitrary text and numbers in every field that comes from outside. */
public final class AnyAlert {
    static {
        // A builder gives an absent list its default, which Avro makes of classes that it must trust.
        MessageTypes.trust();
    }

    private AnyAlert() {}

    public static Arbitrary<Alert> alerts() {
        Arbitrary<List<Finding>> findings = findings().list().ofMaxSize(3);
        return Combinators.combine(
                        texts(),
                        texts(),
                        texts(),
                        findings,
                        numbers(),
                        longs(),
                        Arbitraries.of(AlertState.class),
                        Arbitraries.of("informational", "low", "medium", "high", "critical"))
                .as((id, entity, title, found, score, number, state, severity) -> Alert.newBuilder()
                        .setAlertId(id)
                        .setSequence(Math.abs(number % 1000))
                        .setState(state)
                        .setEntityType(number % 2 == 0 ? "account" : "campaign")
                        .setEntityId(entity)
                        .setSeverity(severity)
                        .setScore(score)
                        .setTime(number)
                        .setOpenedAt(number / 2)
                        .setFirstEventTime(number / 3)
                        .setRequests(number)
                        .setOutputTokens(number)
                        .setTitle(title)
                        .setExplanation(title)
                        .setFindings(found)
                        .setExampleEventIds(List.of(id, title))
                        .setLinkedAccounts(List.of(entity, title))
                        .setBaseline(title)
                        .setCloseReason(number % 2 == 0 ? null : title)
                        .setAccounts(Math.abs(number % 10_000))
                        .setAcknowledgedAt(number % 3 == 0 ? null : number)
                        .setAcknowledgedBy(number % 3 == 0 ? null : entity)
                        .setClosedBy(number % 5 == 0 ? null : entity)
                        .setDisposition(disposition(number, title))
                        .setDispositionReason(number % 3 == 0 ? null : title)
                        .setHistory(number % 2 == 0 ? List.of() : List.of(period(number, title, score)))
                        .build());
    }

    private static String disposition(long number, String other) {
        return switch ((int) (number % 5)) {
            case 0 -> null;
            case 1 -> "true_positive";
            case 2 -> "false_positive";
            case 3 -> "benign_expected";
            default -> other;
        };
    }

    private static AlertPeriod period(long number, String text, double score) {
        return AlertPeriod.newBuilder()
                .setOpenedAt(number)
                .setClosedAt(number)
                .setCloseReason(text)
                .setClosedBy(text)
                .setDisposition(text)
                .setSeverity(text)
                .setScore(score)
                .build();
    }

    public static Arbitrary<Finding> findings() {
        Arbitrary<List<FeatureValue>> features = features().list().ofMaxSize(3);
        return Combinators.combine(texts(), texts(), texts(), features, numbers(), longs())
                .as((id, title, window, evidence, number, time) -> Finding.newBuilder()
                        .setSignatureId(id)
                        .setSignatureVersion((int) (time % 100))
                        .setTitle(title)
                        .setSeverity(title)
                        .setScore(number)
                        .setWindow(window)
                        .setWindowStart(time / 2)
                        .setWindowEnd(time)
                        .setRequests(time)
                        .setOutputTokens(time)
                        .setCompleteness(number)
                        .setEvidence(evidence)
                        .setAtlas(List.of(id, "AML.T0024.002"))
                        .setOwasp(List.of(title))
                        .build());
    }

    private static Arbitrary<FeatureValue> features() {
        Arbitrary<String> units = Arbitraries.oneOf(texts(), Arbitraries.of("share", "tokens", "count", ""));
        return Combinators.combine(
                        texts(),
                        numbers(),
                        units,
                        numbers().injectNull(0.3),
                        numbers().injectNull(0.3),
                        texts())
                .as((name, value, unit, threshold, quantile, explanation) -> FeatureValue.newBuilder()
                        .setName(name)
                        .setValue(value)
                        .setUnit(unit)
                        .setThreshold(threshold)
                        .setQuantile(quantile)
                        .setExplanation(explanation)
                        .build());
    }

    /** Arbitrary characters, halves of surrogate pairs among them, and what breaks out of formats. */
    public static Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> breaking = Arbitraries.of(
                "</style><script>",
                "\"'><b>",
                "]]>",
                "<!--",
                "\\\"",
                "\u0000\u001b[31m",
                "\u202e",
                "\u2028",
                "\ud800",
                "&amp;");
        return Arbitraries.oneOf(
                any, breaking, Combinators.combine(any, breaking).as(String::concat));
    }

    public static Arbitrary<Double> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 1),
                Arbitraries.doubles(),
                Arbitraries.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        -0.0));
    }

    private static Arbitrary<Long> longs() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(0, 4_000_000_000_000L),
                Arbitraries.of(0L, Long.MAX_VALUE));
    }
}

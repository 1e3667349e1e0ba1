package io.stillwatch.alert;

import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How an account has left its own past, in one sentence: since when, how much of its traffic, and what is new. */
public final class TurnSentence {
    /** Says since when; without it there is no sentence. */
    private static final String SINCE = "turn_age";

    /** What is told, in this order, each from a value on: what has hardly changed is not told. */
    private static final List<Map.Entry<String, Double>> TOLD_FROM = List.of(
            Map.entry("new_share", 0.05),
            Map.entry("kits_rise", 0.05),
            Map.entry("asked_rise", 0.03),
            Map.entry("form_change", 0.1),
            Map.entry("answer_growth", 1.1),
            Map.entry("people_fall", 0.5));

    private static final int CLAUSE_LIMIT = 300;

    private TurnSentence() {}

    /** Whether a feature is told by the sentence. */
    static boolean tells(String feature) {
        return feature.equals(SINCE)
                || TOLD_FROM.stream().anyMatch(told -> told.getKey().equals(feature));
    }

    /** From the first finding that says since when. */
    static Optional<String> of(List<Finding> findings) {
        return findings.stream().flatMap(finding -> of(finding).stream()).findFirst();
    }

    private static Optional<String> of(Finding finding) {
        Map<String, FeatureValue> evidence = finding.getEvidence().stream()
                .collect(Collectors.toMap(FeatureValue::getName, value -> value, (first, same) -> first));
        return of(
                feature -> Optional.ofNullable(evidence.get(feature)).map(FeatureValue::getValue),
                feature -> Optional.ofNullable(evidence.get(feature)).map(FeatureValue::getExplanation));
    }

    /**
     * From the values of features and what they say.
     *
     * @return empty where nothing says since when
     */
    public static Optional<String> of(
            Function<String, Optional<Double>> values, Function<String, Optional<String>> words) {
        Optional<String> since = words.apply(SINCE).filter(text -> !text.isBlank());
        if (since.isEmpty()) {
            return Optional.empty();
        }
        List<String> clauses = new ArrayList<>();
        for (Map.Entry<String, Double> told : TOLD_FROM) {
            values.apply(told.getKey())
                    .filter(value -> value >= told.getValue())
                    .flatMap(value -> words.apply(told.getKey()))
                    .ifPresent(clause -> clauses.add(Printable.text(clause.strip(), CLAUSE_LIMIT)));
        }
        return Optional.of(
                "It has left its own past " + Printable.text(since.get().strip(), CLAUSE_LIMIT)
                        + (clauses.isEmpty() ? "" : ": " + String.join("; ", clauses)) + ".");
    }
}

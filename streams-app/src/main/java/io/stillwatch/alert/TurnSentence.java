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

/**
 * How an account has left its own past: since when, how much of its traffic, and what is new; a sentence for the whole of it, and
 * one for requests that stand out of the rest.
 */
public final class TurnSentence {
    private static final int CLAUSE_LIMIT = 300;

    private static final List<Telling> TELLINGS = List.of(
            new Telling(
                    "turn_age",
                    "It has left its own past ",
                    List.of(
                            Map.entry("new_share", 0.05),
                            Map.entry("kits_rise", 0.05),
                            Map.entry("asked_rise", 0.03),
                            Map.entry("form_change", 0.1),
                            Map.entry("answer_growth", 1.1),
                            Map.entry("people_fall", 0.5))),
            new Telling(
                    "outlier_share",
                    "A part of it is new: ",
                    List.of(
                            Map.entry("outlier_sought", 0.03),
                            Map.entry("outlier_code", 0.03),
                            Map.entry("outlier_kits", 0.05),
                            Map.entry("outlier_answers", 1.1))));

    private TurnSentence() {}

    /**
     * One of the sentences.
     *
     * @param since the feature that says since when; without it there is no sentence
     * @param opening what it begins with
     * @param toldFrom what is told, in this order, each from a value on: what has hardly changed is not told
     */
    private record Telling(String since, String opening, List<Map.Entry<String, Double>> toldFrom) {
        boolean tells(String feature) {
            return feature.equals(since)
                    || toldFrom.stream().anyMatch(told -> told.getKey().equals(feature));
        }

        Optional<String> of(Function<String, Optional<Double>> values, Function<String, Optional<String>> words) {
            Optional<String> moment = words.apply(since).filter(text -> !text.isBlank());
            if (moment.isEmpty()) {
                return Optional.empty();
            }
            List<String> clauses = new ArrayList<>();
            for (Map.Entry<String, Double> told : toldFrom) {
                values.apply(told.getKey())
                        .filter(value -> value >= told.getValue())
                        .flatMap(value -> words.apply(told.getKey()))
                        .ifPresent(clause -> clauses.add(Printable.text(clause.strip(), CLAUSE_LIMIT)));
            }
            return Optional.of(opening + Printable.text(moment.get().strip(), CLAUSE_LIMIT)
                    + (clauses.isEmpty() ? "" : ": " + String.join("; ", clauses)) + ".");
        }
    }

    /** Whether a feature is told by a sentence. */
    static boolean tells(String feature) {
        return TELLINGS.stream().anyMatch(telling -> telling.tells(feature));
    }

    /** From the first finding, for each sentence, that says since when. */
    static Optional<String> of(List<Finding> findings) {
        List<String> sentences = new ArrayList<>();
        for (Telling telling : TELLINGS) {
            findings.stream()
                    .flatMap(finding -> of(telling, finding).stream())
                    .findFirst()
                    .ifPresent(sentences::add);
        }
        return joined(sentences);
    }

    private static Optional<String> of(Telling telling, Finding finding) {
        Map<String, FeatureValue> evidence = finding.getEvidence().stream()
                .collect(Collectors.toMap(FeatureValue::getName, value -> value, (first, same) -> first));
        return telling.of(
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
        return joined(TELLINGS.stream()
                .flatMap(telling -> telling.of(values, words).stream())
                .toList());
    }

    private static Optional<String> joined(List<String> sentences) {
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }
}

package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.schema.SignatureDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClauseReadingsTest {
    private static final Map<String, Double> VALUES =
            Map.of("requests", 100.0, "rubric_share", 0.5, "prompt_novelty", 0.75, "end_user_share", 0.0);

    private static CompiledSignature compiled(String id, int version, String condition) {
        return SignatureReader.read("test.yaml", yaml(id, version, condition));
    }

    private static String yaml(String id, int version, String condition) {
        return """
                id: %s
                version: %d
                title: A test
                severity: high
                window: PT24H
                minimum: 10
                condition: "%s"
                score: prompt_novelty
                evidence: [prompt_novelty]
                """.formatted(id, version, condition);
    }

    private static List<ClauseReading> readings(String condition) {
        return compiled("test", 1, condition)
                .readings(name -> VALUES.getOrDefault(name, Double.NaN), Duration.ofDays(1));
    }

    @Test
    void theMinimumComesFirstAndEveryComparisonHasItsValueThresholdAndMargin() {
        assertThat(readings("prompt_novelty >= 0.5 && rubric_share > 0.6"))
                .extracting(ClauseReading::text, ClauseReading::value, ClauseReading::threshold, ClauseReading::holds)
                .containsExactly(
                        tuple("requests >= 10 (minimum)", 100.0, 10.0, true),
                        tuple("prompt_novelty >= 0.5", 0.75, 0.5, true),
                        tuple("rubric_share > 0.6", 0.5, 0.6, false));
        assertThat(readings("prompt_novelty >= 0.5").get(1).margin()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aComparisonThatCalculatesShowsWhatBothSidesComeTo() {
        assertThat(readings("rubric_share * requests >= (prompt_novelty + 0.05) * 75.0")
                        .get(1))
                .satisfies(reading -> {
                    assertThat(reading.text()).isEqualTo("rubric_share * requests >= (prompt_novelty + 0.05) * 75.0");
                    assertThat(reading.value()).isEqualTo(50);
                    assertThat(reading.threshold()).isCloseTo(60, within(1e-9));
                    assertThat(reading.holds()).isFalse();
                });
    }

    @Test
    void aConstantOnTheLeftIsTheThreshold() {
        assertThat(readings("0.6 <= rubric_share").get(1)).satisfies(reading -> {
            assertThat(reading.value()).isEqualTo(0.5);
            assertThat(reading.threshold()).isEqualTo(0.6);
            assertThat(reading.holds()).isFalse();
        });
    }

    @Test
    void alternativesAndNegationsAreTold() {
        assertThat(readings("(prompt_novelty >= 0.9 || rubric_share >= 0.4) && !(end_user_share > 0.5)"))
                .extracting(ClauseReading::text, ClauseReading::isAlternative, ClauseReading::holds)
                .containsExactly(
                        tuple("requests >= 10 (minimum)", false, true),
                        tuple("prompt_novelty >= 0.9", true, false),
                        tuple("rubric_share >= 0.4", true, true),
                        tuple("!(end_user_share > 0.5)", false, true));
    }

    @Test
    void aFeatureWithoutAValueFailsAndHasNone() {
        assertThat(readings("q(prompt_novelty) >= 0.9 && logprobs_share > 0").subList(1, 3))
                .allSatisfy(reading -> {
                    assertThat(reading.holds()).isFalse();
                    assertThat(reading.value()).isNaN();
                    assertThat(reading.margin()).isEqualTo(-1);
                })
                .extracting(ClauseReading::text)
                .containsExactly("q(prompt_novelty) >= 0.9", "logprobs_share > 0.0");
    }

    @Test
    void aTrialNamesTheClausesThatDecided() {
        SignatureTrial trial = SignatureTrial.of(SignatureReader.read(
                "test.yaml", yaml("test", 1, "prompt_novelty >= 0.5 && rubric_share >= 0.6") + """
                examples:
                  match:
                    - {about: a, features: {requests: 20, prompt_novelty: 1, rubric_share: 0.5}}
                  no_match:
                    - {about: b, features: {requests: 20, prompt_novelty: 0, rubric_share: 1}}
                """));

        assertThat(trial.passed()).isFalse();
        assertThat(trial.right()).isEqualTo(1);
        assertThat(trial.outcomes().get(0).decisive())
                .extracting(ClauseReading::text)
                .containsExactly("rubric_share >= 0.6");
    }

    @Test
    void anOverlayReplacesJoinsAndRemovesAndAnythingElseStays() {
        SignatureSet given =
                SignatureSet.of(List.of(compiled("a", 1, "requests > 1"), compiled("b", 1, "requests > 1")));
        SignatureOverlay overlay = SignatureOverlay.of(
                given,
                List.of(
                        definition("a", yaml("a", 2, "requests > 2"), false),
                        definition("b", "", true),
                        definition("c", yaml("c", 1, "requests > 3"), false),
                        definition("d", "no signature", false)));

        assertThat(overlay.signatures().signatures())
                .extracting(one -> one.signature().id() + one.signature().version())
                .containsExactly("a2", "c1");
        assertThat(overlay.skipped()).containsOnlyKeys("d");
        assertThat(overlay.signatures().changedSince(given.revisions()).revisions())
                .containsOnlyKeys("a", "c");
        assertThat(given.overlaid(List.of(), Set.of()).revisions()).isEqualTo(given.revisions());
    }

    private static SignatureDefinition definition(String id, String yaml, boolean disabled) {
        return SignatureDefinition.newBuilder()
                .setId(id)
                .setVersion(1)
                .setYaml(yaml)
                .setDisabled(disabled)
                .setPublishedAt(0)
                .build();
    }
}

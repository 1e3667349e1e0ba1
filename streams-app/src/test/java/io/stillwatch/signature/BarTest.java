package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.feature.Bar;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a baseline asks of a signature beyond its condition. */
class BarTest {
    private static final String DECLARED = """
            id: a-drift
            version: 4
            title: A drift
            description: An account that drifts.
            severity: medium
            status: stable
            entity: account
            window: PT24H
            minimum: 0
            condition: drift >= 1
            score: "drift / 16.0"
            evidence: [drift]
            atlas: [AML.T0024.002]
            owasp: ["LLM10:2025"]
            false_positives: [Somebody who moves.]
            references: [None.]
            examples:
              match:
                - {about: far, like: person, features: {drift: 9}}
                - {about: farther, like: person, features: {drift: 10}}
              no_match:
                - {about: near, like: person, features: {drift: 0.1}}
                - {about: nearer, like: person, features: {drift: 0.2}}
            """;

    private static final CompiledSignature COMPILED = SignatureReader.read("a-drift.yaml", DECLARED);
    private static final SignatureSet SET = SignatureSet.of(List.of(COMPILED));

    /** An account whose drift is 4: a quarter by its score, half way up by its margin. */
    private static WindowedProfiles drifting(Optional<Bar> bar) {
        Comparisons comparisons = new Comparisons() {
            @Override
            public double get(Kind kind) {
                return kind == Kind.DRIFT ? 4 : Double.NaN;
            }

            @Override
            public double quantile(Feature feature, double value) {
                return Double.NaN;
            }

            @Override
            public Optional<Bar> bar(String signature, int version) {
                return signature.equals("a-drift") && version == 4 ? bar : Optional.empty();
            }
        };
        return new WindowedProfiles() {
            @Override
            public long requests(Duration window) {
                return 20;
            }

            @Override
            public StrandedProfile profile(Duration window) {
                return new StrandedProfile();
            }

            @Override
            public Optional<Subject> subject(Duration window, Part part) {
                return Optional.of(new Subject(new Profile(), comparisons));
            }

            @Override
            public long startMs(Duration window) {
                return 0;
            }

            @Override
            public long endMs() {
                return 1;
            }
        };
    }

    private static boolean isFound(Bar.Measure measure, double least) {
        return !SET.assess(drifting(Optional.of(new Bar(measure, least))))
                .findings()
                .isEmpty();
    }

    @Test
    void aSignatureWithoutABarSpeaksWhenItsConditionHolds() {
        assertThat(SET.assess(drifting(Optional.empty())).findings()).hasSize(1);
    }

    @Test
    void aBarIsPutToTheScoreOrToTheMargin() {
        assertThat(isFound(Bar.Measure.SCORE, 0.25)).isTrue();
        assertThat(isFound(Bar.Measure.SCORE, 0.26)).isFalse();
    }

    @Test
    void strengthsAreToldWhateverTheBar() {
        List<Double> scores = new ArrayList<>();

        SET.strengths(
                drifting(Optional.of(new Bar(Bar.Measure.SCORE, 1))),
                Set.of("a-drift"),
                (signature, profile, margin, score) -> scores.add(score));

        assertThat(scores).containsExactly(0.25);
    }

    @Test
    void anExplanationShowsTheBarAndThatItIsNotReached() {
        Comparisons strict = drifting(Optional.of(new Bar(Bar.Measure.SCORE, 0.5)))
                .subject(Duration.ofDays(1), Part.WHOLE)
                .orElseThrow()
                .comparisons();
        FeatureValues values = name -> name.equals("drift") ? 4 : 20;

        assertThat(COMPILED.margin(values, Duration.ofDays(1))).isPositive();
        assertThat(COMPILED.margin(values, Duration.ofDays(1), strict)).isNegative();
        assertThat(COMPILED.readings(values, Duration.ofDays(1), strict)).last().satisfies(reading -> {
            assertThat(reading.text()).isEqualTo("score >= 0.5 (error budget of the baseline)");
            assertThat(reading.holds()).isFalse();
        });
    }

    @Test
    void whatKeptASignatureFromHoldingIsToldWithTheThresholdsItMisses() {
        SignatureSet higher = SignatureSet.of(List.of(SignatureReader.read(
                "a-drift.yaml",
                DECLARED.replace("drift >= 1", "drift >= 5 && drift >= 2")
                        .replace("minimum: 0", "minimum: 30")
                        .replace("near, like: person, features: {", "near, like: person, features: {requests: 40, ")
                        .replace("far, like: person, features: {", "far, like: person, features: {requests: 40, "))));

        Finding lacking = higher.lacking("a-drift", drifting(Optional.empty())).orElseThrow();

        assertThat(lacking.getSignatureId()).isEqualTo("a-drift");
        assertThat(lacking.getEvidence())
                .extracting(FeatureValue::getName, FeatureValue::getValue, FeatureValue::getThreshold)
                .containsExactly(tuple("requests", 0.0, 30.0), tuple("drift", 4.0, 5.0));
        assertThat(SET.lacking("a-drift", drifting(Optional.empty()))
                        .orElseThrow()
                        .getEvidence())
                .extracting(FeatureValue::getName)
                .containsExactly("requests");
        assertThat(SET.lacking("unknown", drifting(Optional.empty()))).isEmpty();
    }
}

package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureReaderTest {
    private static final String GOOD = """
            id: some-behaviour
            version: 3
            title: Some behaviour
            severity: high
            window: PT24H
            minimum: 10
            condition: prompt_novelty >= 0.5 && requests > 20
            score: prompt_novelty
            evidence: [prompt_novelty]
            """;

    @Test
    void aGoodSignatureIsReadWithItsClauses() {
        CompiledSignature compiled = SignatureReader.read("good.yaml", GOOD);

        assertThat(compiled.signature().version()).isEqualTo(3);
        assertThat(compiled.signature().status()).isEqualTo(SignatureStatus.STABLE);
        assertThat(compiled.clauses())
                .containsExactly(
                        new Clause("prompt_novelty", Clause.Comparison.AT_LEAST, 0.5),
                        new Clause("requests", Clause.Comparison.MORE_THAN, 20));
    }

    @Test
    void anUnknownFeatureIsNamedWithItsLineAndTheOneProbablyMeant() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD.replace("prompt_novelty >=", "prompt_novlty >=")))
                .isInstanceOf(SignatureException.class)
                .hasMessage("x.yaml:7: unknown feature `prompt_novlty`; did you mean `prompt_novelty`?");
    }

    @Test
    void anUnknownEvidenceFeatureIsNamed() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD.replace("[prompt_novelty]", "[requets]")))
                .hasMessage("x.yaml:9: unknown feature `requets`; did you mean `requests`?");
    }

    @Test
    void aMisspeltKeyIsRefusedWithItsLine() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD.replace("minimum:", "minimun:")))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("x.yaml:6: ")
                .hasMessageContaining("minimun");
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD.replace("title: Some behaviour\n", "")))
                .hasMessage("x.yaml:1: the key `title` is missing");
    }

    @Test
    void aConditionThatIsNoTruthValueIsRefused() {
        assertThatThrownBy(() -> SignatureReader.read(
                        "x.yaml",
                        GOOD.replace("condition: prompt_novelty >= 0.5 && requests > 20", "condition: requests")))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("x.yaml:7: ")
                .hasMessageContaining("bool");
    }

    @Test
    void aWindowThatIsNoDurationIsRefused() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD.replace("PT24H", "a day")))
                .hasMessage("x.yaml:5: the window must be an ISO-8601 duration such as PT24H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"window: [~]", "window: [PT1H, ~]", "window:\n  -", "atlas: [~]", "references: [~]"})
    void anEmptyEntryOfAListIsNamedWithItsLine(String list) {
        String text = list.startsWith("window") ? GOOD.replace("window: PT24H", list) : GOOD + list + "\n";

        String key = list.substring(0, list.indexOf(':'));
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", text))
                .isInstanceOf(SignatureException.class)
                .hasMessageEndingWith(": an entry of `" + key + "` is empty; give it a value or remove it");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", "")).isInstanceOf(SignatureException.class);
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", "id: [a\nb: }"))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("x.yaml:");
    }

    @Test
    void aFeatureWithoutValueSatisfiesNoComparison() {
        CompiledSignature compiled = SignatureReader.read("good.yaml", GOOD);

        assertThat(compiled.evaluate(name -> name.equals("requests") ? 100 : Double.NaN))
                .isEmpty();
        assertThat(compiled.evaluate(name -> name.equals("requests") ? 100 : 0.75))
                .hasValue(0.75);
    }

    @Test
    void belowItsMinimumASignatureIsSilent() {
        CompiledSignature compiled = SignatureReader.read("good.yaml", GOOD.replace("minimum: 10", "minimum: 200"));

        assertThat(compiled.evaluate(name -> name.equals("requests") ? 100 : 0.75))
                .isEmpty();
    }

    @Test
    void theNearestFeatureIsFoundOnlyWhenItIsNear() {
        assertThat(Expressions.closest("promt_novelty")).isEqualTo(Optional.of("prompt_novelty"));
        assertThat(Expressions.closest("zzzzzzzzzzzz")).isEmpty();
    }

    @Test
    void aFeatureWithoutAValueSatisfiesNoComparisonWithAWholeNumber() {
        for (String condition : new String[] {"drift >= 4", "drift <= 4", "drift > 4 || 4 < drift"}) {
            CompiledSignature compiled = SignatureReader.read("drift.yaml", """
                    id: drift
                    version: 1
                    title: Changed
                    severity: high
                    window: PT24H
                    minimum: 1
                    condition: %s
                    score: "1.0"
                    evidence: [drift]
                    """.formatted(condition));

            assertThat(compiled.evaluate(name -> name.equals("requests") ? 100 : Double.NaN))
                    .as(condition)
                    .isEmpty();
        }
    }

    @Test
    void aKeyIsNamedWithItsOwnLineNotThatOfAnotherOfItsName() {
        String described =
                GOOD.replace("title: Some behaviour\n", "title: Some behaviour\ndescription: |\n  window: any\n");

        assertThatThrownBy(() -> SignatureReader.read("x.yaml", described.replace("PT24H", "a day")))
                .hasMessage("x.yaml:7: the window must be an ISO-8601 duration such as PT24H");
    }

    @Test
    void aFeatureOfAnExampleIsNamedWithItsLine() {
        String examples = GOOD + """
                examples:
                  match:
                    - about: first
                      features: {requests: 30}
                    - about: second
                      features:
                        requests: 30
                        prompt_noveltty: 0.9
                """;

        assertThatThrownBy(() -> SignatureReader.read("x.yaml", examples))
                .hasMessageStartingWith("x.yaml:17: unknown feature `prompt_noveltty`");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> SignatureReader.read("x.yaml", GOOD + "minimum: 1\n"))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("x.yaml:10: ");
    }
}

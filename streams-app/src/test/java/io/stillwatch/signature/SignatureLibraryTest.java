package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every signature that ships holds for the examples it must match and for none that it must not. */
class SignatureLibraryTest {
    private static final List<CompiledSignature> LIBRARY =
            SignatureSet.bundled().signatures();

    @TestFactory
    Stream<DynamicTest> everyExampleHasTheOutcomeItsSignatureDeclares() {
        return LIBRARY.stream()
                .flatMap(compiled -> Stream.concat(
                        compiled.signature().examples().match().stream().map(example -> test(compiled, example, true)),
                        compiled.signature().examples().noMatch().stream()
                                .map(example -> test(compiled, example, false))));
    }

    private static DynamicTest test(CompiledSignature compiled, Signature.Example example, boolean matches) {
        return DynamicTest.dynamicTest(
                compiled.signature().id() + (matches ? " matches: " : " leaves alone: ") + example.about(),
                () -> assertThat(compiled.evaluate(values(example)).isPresent()).isEqualTo(matches));
    }

    private static FeatureValues values(Signature.Example example) {
        return name -> example.features().getOrDefault(name, Double.NaN);
    }

    @Test
    void everySignatureHasExamplesOfBothKindsEvidenceLookAlikesAndReferences() {
        for (CompiledSignature compiled : LIBRARY) {
            Signature signature = compiled.signature();
            assertThat(signature.examples().match()).as(signature.id()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(signature.examples().noMatch()).as(signature.id()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(signature.evidence()).as(signature.id()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(signature.falsePositives()).as(signature.id()).isNotEmpty();
            assertThat(signature.references()).as(signature.id()).isNotEmpty();
            assertThat(signature.atlas()).as(signature.id()).contains("AML.T0024.002");
        }
    }

    @Test
    void evidenceNamesTheThresholdThatTheConditionCompares() {
        CompiledSignature logprobs = LIBRARY.stream()
                .filter(compiled -> compiled.signature().id().equals("logprob-harvest"))
                .findFirst()
                .orElseThrow();
        FeatureValues values = values(logprobs.signature().examples().match().get(0));

        assertThat(logprobs.evidence(values))
                .filteredOn(value -> value.getName().equals("logprobs_share"))
                .singleElement()
                .satisfies(value -> {
                    assertThat(value.getThreshold()).isEqualTo(0.5);
                    assertThat(value.getExplanation()).isEqualTo("100 % ask for log-probabilities");
                });
    }
}

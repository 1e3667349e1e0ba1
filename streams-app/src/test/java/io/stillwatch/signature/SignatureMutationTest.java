package io.stillwatch.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Examples that could not fail would show nothing: taking a key clause out of a condition has to turn one red. */
class SignatureMutationTest {
    @TestFactory
    Stream<DynamicTest> anExampleNoticesWhenAKeyClauseIsDeleted() {
        return SignatureSet.bundled().signatures().stream()
                .map(CompiledSignature::signature)
                .map(signature -> DynamicTest.dynamicTest(signature.id(), () -> {
                    List<String> clauses = conjuncts(signature.condition());
                    List<String> noticed = clauses.stream()
                            .filter(clause -> isNoticed(signature, without(clauses, clause)))
                            .toList();
                    assertThat(noticed)
                            .as("clauses whose deletion an example notices, of " + clauses)
                            .isNotEmpty();
                }));
    }

    private static boolean isNoticed(Signature signature, String condition) {
        CompiledSignature mutant = CompiledSignature.of(new Signature(
                signature.id(),
                signature.version(),
                signature.title(),
                signature.description(),
                signature.severity(),
                signature.status(),
                signature.entity(),
                signature.windows(),
                signature.parts(),
                signature.minimum(),
                signature.minimums(),
                condition,
                signature.score(),
                signature.evidence(),
                signature.atlas(),
                signature.owasp(),
                signature.falsePositives(),
                signature.references(),
                signature.examples()));
        return signature.examples().noMatch().stream()
                .anyMatch(example -> mutant.evaluate(name -> example.features().getOrDefault(name, Double.NaN))
                        .isPresent());
    }

    private static String without(List<String> clauses, String deleted) {
        List<String> left =
                clauses.stream().filter(clause -> !clause.equals(deleted)).toList();
        return left.isEmpty() ? "true" : String.join(" && ", left);
    }

    /** The parts of a condition that {@code &&} joins outside all parentheses. */
    private static List<String> conjuncts(String condition) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < condition.length(); at++) {
            char letter = condition.charAt(at);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0 && condition.startsWith("&&", at)) {
                parts.add(condition.substring(start, at).strip());
                start = at + 2;
            }
        }
        parts.add(condition.substring(start).strip());
        return parts;
    }
}

package io.stillwatch.signature;

import java.util.ArrayList;
import java.util.List;

/**
 * A signature tried on its own examples.
 *
 * @param compiled the signature
 * @param outcomes one for each example, those that must match first
 */
public record SignatureTrial(CompiledSignature compiled, List<Outcome> outcomes) {

    /**
     * What became of one example.
     *
     * @param expected whether the signature must hold for it
     * @param holds whether it does
     * @param clauses the condition with the example's values in it
     */
    public record Outcome(Signature.Example example, boolean expected, boolean holds, List<ClauseReading> clauses) {
        public boolean isRight() {
            return expected == holds;
        }

        /** The clauses that decided a wrong outcome: those that fail where it must hold, else those that hold. */
        public List<ClauseReading> decisive() {
            return clauses.stream().filter(clause -> clause.holds() == holds).toList();
        }
    }

    /**
     * Runs the examples.
     *
     * @throws SignatureException when the condition cannot be evaluated
     */
    public static SignatureTrial of(CompiledSignature compiled) {
        Signature.Examples examples = compiled.signature().examples();
        List<Outcome> outcomes = new ArrayList<>();
        examples.match().forEach(example -> outcomes.add(outcome(compiled, example, true)));
        examples.noMatch().forEach(example -> outcomes.add(outcome(compiled, example, false)));
        return new SignatureTrial(compiled, List.copyOf(outcomes));
    }

    private static Outcome outcome(CompiledSignature compiled, Signature.Example example, boolean expected) {
        FeatureValues values = name -> example.features().getOrDefault(name, Double.NaN);
        return new Outcome(
                example,
                expected,
                compiled.evaluate(values).isPresent(),
                compiled.readings(values, compiled.signature().windows().get(0)));
    }

    /** How many examples came out as declared. */
    public long right() {
        return outcomes.stream().filter(Outcome::isRight).count();
    }

    /** Whether all did. */
    public boolean passed() {
        return right() == outcomes.size();
    }
}

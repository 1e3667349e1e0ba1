package io.stillwatch.signature;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.stillwatch.profile.feature.Bar;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.FeatureUnit;
import io.stillwatch.schema.FeatureValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A signature ready to be evaluated. Immutable and thread-safe. */
public final class CompiledSignature {
    /** What holds is never scored as nothing. */
    static final double LEAST_SCORE = 0.01;

    private final Signature signature;
    private final CelRuntime.Program condition;
    private final CelRuntime.Program score;
    private final CelExpr expression;
    private final List<Clause> clauses;

    private CompiledSignature(
            Signature signature, CelRuntime.Program condition, CelRuntime.Program score, CelAbstractSyntaxTree tree) {
        this.signature = signature;
        this.condition = condition;
        this.score = score;
        this.expression = tree.getExpr();
        this.clauses = Clauses.of(tree);
    }

    /**
     * Type-checks and compiles a signature's expressions.
     *
     * @throws SignatureException when an expression or an evidence feature is not usable
     */
    public static CompiledSignature of(Signature signature) {
        CelAbstractSyntaxTree condition = Expressions.parse(signature.condition(), SimpleType.BOOL);
        CelAbstractSyntaxTree score = Expressions.parse(signature.score(), SimpleType.DOUBLE);
        return new CompiledSignature(signature, Expressions.program(condition), Expressions.program(score), condition);
    }

    public Signature signature() {
        return signature;
    }

    /** The comparisons of the condition that set a feature against a constant. */
    public List<Clause> clauses() {
        return clauses;
    }

    /** The condition line by line, as a person reads it, with the direction of each threshold. */
    public List<String> conditionWords() {
        return ConditionWords.of(expression);
    }

    /**
     * Whether the condition holds.
     *
     * @return the score, {@link #LEAST_SCORE} to 1, when it does
     */
    public OptionalDouble evaluate(FeatureValues values) {
        if (!(values.get("requests") >= signature.minimum())) {
            return OptionalDouble.empty();
        }
        try {
            Object holds = condition.eval(name -> Optional.of(values.get(name)));
            if (!Boolean.TRUE.equals(holds)) {
                return OptionalDouble.empty();
            }
            double value = (Double) score.eval(name -> Optional.of(values.get(name)));
            return OptionalDouble.of(Double.isNaN(value) ? LEAST_SCORE : Math.max(LEAST_SCORE, Math.min(1, value)));
        } catch (CelEvaluationException e) {
            throw new SignatureException("signature " + signature.id() + " cannot be evaluated: " + e.getMessage());
        }
    }

    /** The least number of requests and the comparisons of the condition with an entity's values of a window in them. */
    public List<ClauseReading> readings(FeatureValues values, Duration window) {
        List<ClauseReading> readings = new ArrayList<>();
        double requests = values.get("requests");
        double least = signature.minimum(window);
        double margin = new Clause("requests", Clause.Comparison.AT_LEAST, Math.max(1, least)).margin(requests, false);
        readings.add(new ClauseReading(
                "requests >= " + signature.minimum(window) + " (minimum)",
                requests,
                least,
                requests >= least,
                margin,
                false));
        readings.addAll(ClauseReadings.of(expression, values));
        return List.copyOf(readings);
    }

    /**
     * How far the condition, with the window's least number of requests, is from its edge: at least 0 when it holds; -1
     * to 1.
     */
    public double margin(FeatureValues values, Duration window) {
        double requests = new Clause("requests", Clause.Comparison.AT_LEAST, Math.max(1, signature.minimum(window)))
                .margin(values.get("requests"), false);
        return Math.min(requests, ConditionMargin.of(expression, values));
    }

    /** Whether a condition that holds does so strongly enough for the baseline's error budget. */
    boolean passes(Comparisons comparisons, FeatureValues values, Duration window, double scored) {
        return comparisons
                .bar(signature.id(), signature.version())
                .map(bar -> bar.passes(Math.max(0, margin(values, window)), scored))
                .orElse(true);
    }

    /** The same as {@link #margin(FeatureValues, Duration)}, with the bar of the baseline's error budget. */
    public double margin(FeatureValues values, Duration window, Comparisons comparisons) {
        double margin = margin(values, window);
        return bar(values, window, comparisons)
                .map(bar -> margin < 0 ? margin : Math.min(margin, bar.margin()))
                .orElse(margin);
    }

    /** The same as {@link #readings(FeatureValues, Duration)}, with the bar of the baseline's error budget. */
    public List<ClauseReading> readings(FeatureValues values, Duration window, Comparisons comparisons) {
        List<ClauseReading> readings = new ArrayList<>(readings(values, window));
        bar(values, window, comparisons).ifPresent(readings::add);
        return List.copyOf(readings);
    }

    /** The bar as one more comparison; empty where the condition is enough. */
    private Optional<ClauseReading> bar(FeatureValues values, Duration window, Comparisons comparisons) {
        return comparisons
                .bar(signature.id(), signature.version())
                .filter(bar -> bar.least() > 0)
                .map(bar -> {
                    double strength = bar.measure() == Bar.Measure.MARGIN
                            ? margin(values, window)
                            : evaluate(values).orElse(Double.NaN);
                    String measure = bar.measure() == Bar.Measure.MARGIN ? "margin of all the above" : "score";
                    boolean holds = strength >= bar.least();
                    return new ClauseReading(
                            measure + " >= " + bar.least() + " (error budget of the baseline)",
                            strength,
                            bar.least(),
                            holds,
                            Double.isNaN(strength) ? -1 : Math.max(-1, strength - bar.least()),
                            false);
                });
    }

    private record Weighed(FeatureValue value, double weight, int position) {}

    /**
     * The evidence features with their values and thresholds, strongest first. What is nothing at all, and is asked for by
     * no clause, is no evidence; nor is it a rank that many accounts have nothing of it either.
     */
    public List<FeatureValue> evidence(FeatureValues values) {
        List<Weighed> weighed = new ArrayList<>();
        for (String name : signature.evidence()) {
            Feature feature = FeatureValues.feature(name);
            double value = values.get(name);
            if (Double.isNaN(value)) {
                continue;
            }
            Optional<Clause> clause = clauses.stream()
                    .filter(candidate -> candidate.feature().equals(name) && candidate.holds(value))
                    .findFirst();
            if (value == 0 && clause.isEmpty()) {
                continue;
            }
            double weight = clause.map(found -> found.margin(value, feature.unit() == FeatureUnit.SHARE))
                    .orElse(-1.0);
            FeatureValue shown = new FeatureValue();
            shown.setName(name);
            shown.setValue(value);
            shown.setUnit(feature.unit().label());
            shown.setThreshold(clause.map(Clause::threshold).orElse(null));
            double quantile = values.get(Quantiles.PREFIX + name);
            shown.setQuantile(Double.isNaN(quantile) || value == 0 && quantile >= 0.5 ? null : quantile);
            shown.setExplanation(values.words(name).orElseGet(() -> FeatureText.clause(feature, value)));
            weighed.add(new Weighed(shown, weight, weighed.size()));
        }
        return weighed.stream()
                .sorted(Comparator.comparingDouble(Weighed::weight).reversed().thenComparingInt(Weighed::position))
                .map(Weighed::value)
                .toList();
    }
}

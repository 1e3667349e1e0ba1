package io.stillwatch.signature;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** Reads a condition comparison by comparison, also those that calculate, as in {@code rubric_share * requests >= 60}. */
final class ClauseReadings {
    private final FeatureValues values;
    private final List<ClauseReading> found = new ArrayList<>();

    private ClauseReadings(FeatureValues values) {
        this.values = values;
    }

    /** All comparisons in the order they are written. */
    static List<ClauseReading> of(CelExpr condition, FeatureValues values) {
        ClauseReadings readings = new ClauseReadings(values);
        readings.collect(condition, false, false);
        return List.copyOf(readings.found);
    }

    private void collect(CelExpr expression, boolean negated, boolean alternative) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
            read(expression, negated, alternative);
            return;
        }
        CelExpr.CelCall call = expression.call();
        switch (call.function()) {
            // By De Morgan's laws a negated "and" leaves a choice, and a negated "or" leaves none.
            case "_&&_" -> call.args().forEach(part -> collect(part, negated, alternative || negated));
            case "_||_" -> call.args().forEach(part -> collect(part, negated, alternative || !negated));
            case "!_" -> collect(call.args().get(0), !negated, alternative);
            default -> read(expression, negated, alternative);
        }
    }

    private void read(CelExpr expression, boolean negated, boolean alternative) {
        double margin = ConditionMargin.of(expression, values);
        double inside = negated ? -margin : margin;
        String text = ExpressionText.of(expression);
        double left = Double.NaN;
        double right = Double.NaN;
        if (isComparison(expression)) {
            CelExpr first = expression.call().args().get(0);
            CelExpr second = expression.call().args().get(1);
            boolean constantFirst = first.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT;
            left = ConditionMargin.number(constantFirst ? second : first, values);
            right = ConditionMargin.number(constantFirst ? first : second, values);
        }
        found.add(new ClauseReading(
                negated ? "!(" + text + ")" : text,
                left,
                right,
                negated ? inside > 0 : inside >= 0,
                inside,
                alternative));
    }

    private static boolean isComparison(CelExpr expression) {
        return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                && switch (expression.call().function()) {
                    case "_>=_", "_>_", "_<=_", "_<_" -> true;
                    default -> false;
                };
    }
}

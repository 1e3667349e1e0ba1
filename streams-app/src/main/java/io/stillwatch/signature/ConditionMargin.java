package io.stillwatch.signature;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.FeatureUnit;
import io.stillwatch.profile.feature.Features;
import java.util.List;
import java.util.Optional;

/**
 * How far a condition is from its edge: at least 0 when it holds, less when it does not, from -1 to 1.
 *
 * <p>The algebra of fuzzy logic (Zadeh 1965): a conjunction is as far inside as its nearest part, a disjunction as its
 * farthest; a comparison as {@link Clause#margin} says. So accounts can be ordered by how near they come to a signature,
 * and an explanation can say what is missing and by how much.
 */
final class ConditionMargin {
    private static final double HOLDS = 1;
    private static final double FAILS = -1;

    private ConditionMargin() {}

    /** The margin of an expression of type bool; -1 for parts this algebra does not know. */
    static double of(CelExpr expression, FeatureValues values) {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT ->
                expression.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                                && expression.constant().booleanValue()
                        ? HOLDS
                        : FAILS;
            case CALL -> ofCall(expression.call(), values);
            default -> FAILS;
        };
    }

    private static double ofCall(CelExpr.CelCall call, FeatureValues values) {
        List<CelExpr> parts = call.args();
        return switch (call.function()) {
            case "_&&_" -> Math.min(of(parts.get(0), values), of(parts.get(1), values));
            case "_||_" -> Math.max(of(parts.get(0), values), of(parts.get(1), values));
            case "!_" -> -of(parts.get(0), values);
            case "_>=_" -> compared(call, Clause.Comparison.AT_LEAST, values);
            case "_>_" -> compared(call, Clause.Comparison.MORE_THAN, values);
            case "_<=_" -> compared(call, Clause.Comparison.AT_MOST, values);
            case "_<_" -> compared(call, Clause.Comparison.LESS_THAN, values);
            default -> FAILS;
        };
    }

    private static double compared(CelExpr.CelCall call, Clause.Comparison comparison, FeatureValues values) {
        CelExpr left = call.args().get(0);
        CelExpr right = call.args().get(1);
        double leftValue = number(left, values);
        double rightValue = number(right, values);
        if (Double.isNaN(leftValue) || Double.isNaN(rightValue)) {
            return FAILS;
        }
        boolean constantLeft = left.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT;
        return constantLeft
                ? margin(comparison.mirrored(), leftValue, rightValue, isShare(right))
                : margin(comparison, rightValue, leftValue, isShare(left));
    }

    private static double margin(Clause.Comparison comparison, double threshold, double value, boolean isShare) {
        Clause clause = new Clause("", comparison, threshold);
        double margin = clause.margin(value, isShare);
        return clause.holds(value) ? Math.max(0, margin) : Math.min(-Double.MIN_NORMAL, margin);
    }

    private static boolean isShare(CelExpr expression) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return false;
        }
        String name = expression.ident().name();
        return name.startsWith(Quantiles.PREFIX)
                || Features.named(name).map(Feature::unit).equals(Optional.of(FeatureUnit.SHARE));
    }

    /** The value of an expression of type double; NaN for what this algebra does not know. */
    static double number(CelExpr expression, FeatureValues values) {
        return switch (expression.exprKind().getKind()) {
            case IDENT -> values.get(expression.ident().name());
            case CONSTANT -> constant(expression.constant());
            case CALL -> calculated(expression.call(), values);
            default -> Double.NaN;
        };
    }

    private static double constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case DOUBLE_VALUE -> constant.doubleValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value().doubleValue();
            default -> Double.NaN;
        };
    }

    private static double calculated(CelExpr.CelCall call, FeatureValues values) {
        List<CelExpr> parts = call.args();
        double first = parts.isEmpty() ? Double.NaN : number(parts.get(0), values);
        double second = parts.size() < 2 ? Double.NaN : number(parts.get(1), values);
        return switch (call.function()) {
            case "_+_" -> first + second;
            case "_-_" -> first - second;
            case "_*_" -> first * second;
            case "_/_" -> first / second;
            case "-_" -> -first;
            default -> Double.NaN;
        };
    }
}

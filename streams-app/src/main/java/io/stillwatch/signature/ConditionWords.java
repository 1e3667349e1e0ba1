package io.stillwatch.signature;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.signature.Clause.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition as a person reads it: one line a comparison, which says which side of its threshold is asked for, indented
 * below "all of" and "any of" where the condition nests them.
 */
final class ConditionWords {
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "_>=_", Comparison.AT_LEAST,
            "_>_", Comparison.MORE_THAN,
            "_<=_", Comparison.AT_MOST,
            "_<_", Comparison.LESS_THAN);
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private ConditionWords() {}

    static List<String> of(CelExpr condition) {
        ConditionWords words = new ConditionWords();
        words.add(condition, "", true);
        return List.copyOf(words.lines);
    }

    private void add(CelExpr expression, String indent, boolean all) {
        String function = function(expression);
        if (function.equals("_&&_") || function.equals("_||_")) {
            boolean and = function.equals("_&&_");
            if (and == all) {
                expression.call().args().forEach(part -> add(part, indent, all));
                return;
            }
            lines.add(indent + (and ? "all of:" : "any of:"));
            expression.call().args().forEach(part -> add(part, indent + INDENT, and));
            return;
        }
        lines.add(indent + sentence(expression));
    }

    private static String function(CelExpr expression) {
        return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                ? expression.call().function()
                : "";
    }

    private static String sentence(CelExpr expression) {
        Comparison comparison = COMPARISONS.get(function(expression));
        if (comparison == null) {
            return ExpressionText.of(expression);
        }
        CelExpr first = expression.call().args().get(0);
        CelExpr second = expression.call().args().get(1);
        Optional<Double> right = constant(second);
        if (right.isPresent()) {
            return sentence(first, comparison, right.get()).orElseGet(() -> ExpressionText.of(expression));
        }
        return constant(first)
                .flatMap(left -> sentence(second, comparison.mirrored(), left))
                .orElseGet(() -> ExpressionText.of(expression));
    }

    private static Optional<String> sentence(CelExpr operand, Comparison comparison, double threshold) {
        if (operand.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        String name = operand.ident().name();
        if (name.startsWith(Quantiles.PREFIX)) {
            String feature = name.substring(Quantiles.PREFIX.length());
            String share = FeatureText.percent(threshold);
            return Optional.of(feature.replace('_', ' ') + " "
                    + (comparison.wantsMore() ? "no lower than that of " : "no higher than that of ") + share
                    + " of the baseline's accounts");
        }
        return Features.named(name).map(feature -> sentence(feature, comparison, threshold));
    }

    private static String sentence(Feature feature, Comparison comparison, double threshold) {
        String direction = switch (comparison) {
            case AT_LEAST -> "at least ";
            case MORE_THAN -> "more than ";
            case AT_MOST -> "at most ";
            case LESS_THAN -> "less than ";
        };
        String words = feature.clause().replace("{}", direction + FeatureText.value(feature, threshold));
        return words.replace(" at at ", " at ") + " (" + feature.name() + ")";
    }

    private static Optional<Double> constant(CelExpr expression) {
        if (function(expression).equals("-_")) {
            return constant(expression.call().args().get(0)).map(value -> -value);
        }
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case DOUBLE_VALUE -> Optional.of(constant.doubleValue());
            case INT64_VALUE -> Optional.of((double) constant.int64Value());
            default -> Optional.empty();
        };
    }
}

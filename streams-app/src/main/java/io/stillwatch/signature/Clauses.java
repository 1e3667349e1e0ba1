package io.stillwatch.signature;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the comparisons of a condition whose meaning is plain: a feature against a constant. */
final class Clauses {
    private Clauses() {}

    /** All such comparisons in the order they are written. */
    static List<Clause> of(CelAbstractSyntaxTree condition) {
        List<Clause> found = new ArrayList<>();
        collect(condition.getExpr(), found);
        return List.copyOf(found);
    }

    private static void collect(CelExpr expression, List<Clause> found) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
            return;
        }
        CelExpr.CelCall call = expression.call();
        comparison(call.function())
                .ifPresentOrElse(comparison -> clause(call, comparison).ifPresent(found::add), () -> {
                    if (call.function().equals("_&&_") || call.function().equals("_||_")) {
                        call.args().forEach(part -> collect(part, found));
                    }
                });
    }

    private static Optional<Clause.Comparison> comparison(String function) {
        return switch (function) {
            case "_>=_" -> Optional.of(Clause.Comparison.AT_LEAST);
            case "_>_" -> Optional.of(Clause.Comparison.MORE_THAN);
            case "_<=_" -> Optional.of(Clause.Comparison.AT_MOST);
            case "_<_" -> Optional.of(Clause.Comparison.LESS_THAN);
            default -> Optional.empty();
        };
    }

    private static Optional<Clause> clause(CelExpr.CelCall call, Clause.Comparison comparison) {
        CelExpr left = call.args().get(0);
        CelExpr right = call.args().get(1);
        if (isFeature(left) && constant(right).isPresent()) {
            return Optional.of(
                    new Clause(left.ident().name(), comparison, constant(right).getAsDouble()));
        }
        if (isFeature(right) && constant(left).isPresent()) {
            return Optional.of(new Clause(
                    right.ident().name(), comparison.mirrored(), constant(left).getAsDouble()));
        }
        return Optional.empty();
    }

    private static boolean isFeature(CelExpr expression) {
        return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT;
    }

    private static OptionalDouble constant(CelExpr expression) {
        if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return OptionalDouble.empty();
        }
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case DOUBLE_VALUE -> OptionalDouble.of(constant.doubleValue());
            case INT64_VALUE -> OptionalDouble.of((double) constant.int64Value());
            case UINT64_VALUE -> OptionalDouble.of(constant.uint64Value().doubleValue());
            case NOT_SET, NULL_VALUE, BOOLEAN_VALUE, STRING_VALUE, BYTES_VALUE -> OptionalDouble.empty();
            default -> OptionalDouble.empty();
        };
    }
}

package io.stillwatch.signature;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * The macro {@code q(feature)}: where the feature's value stands among the baseline's accounts of the same cohort, 0 to
 * 1. It becomes a variable of its own, as a function would be given the value and not know whose it is.
 */
final class Quantiles {
    /** Of the variable that the macro becomes. */
    static final String PREFIX = "q_of_";

    static final CelMacro MACRO = CelMacro.newGlobalMacro("q", 1, Quantiles::expand);

    private Quantiles() {}

    private static Optional<CelExpr> expand(
            CelMacroExprFactory factory, CelExpr unusedTarget, ImmutableList<CelExpr> arguments) {
        CelExpr argument = arguments.get(0);
        if (argument.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(factory.reportError("q takes the name of a feature, as in q(prompt_novelty)"));
        }
        return Optional.of(factory.newIdentifier(PREFIX + argument.ident().name()));
    }
}

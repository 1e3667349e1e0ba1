package io.stillwatch.signature;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.text.Reason;
import io.stillwatch.text.Suggestion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles the CEL expressions of signatures. Every feature is a variable of type double; whole-number constants may be
 * compared with it. Size, depth and iteration are limited, so a signature cannot stall the pipeline.
 */
final class Expressions {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'");

    /** A whole number that is no part of a name or of another number. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(8_192)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(1_000)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private Expressions() {}

    /**
     * Parses and type-checks an expression.
     *
     * @throws SignatureException naming what is wrong in it, with the feature probably meant
     */
    static CelAbstractSyntaxTree parse(String expression, CelType wanted) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .addMacros(Quantiles.MACRO)
                .setResultType(wanted);
        for (Feature feature : Features.all()) {
            builder.addVar(feature.name(), SimpleType.DOUBLE);
            builder.addVar(Quantiles.PREFIX + feature.name(), SimpleType.DOUBLE);
        }
        CelCompiler compiler = builder.build();
        CelValidationResult result = compiler.compile(expression);
        if (result.hasError()) {
            throw new SignatureException(explain(result.getErrors().get(0)));
        }
        try {
            // Against a whole number CEL takes NaN for the largest; against any double every comparison with it is
            // false.
            return compiler.compile(WHOLE_NUMBER.matcher(expression).replaceAll("$0.0"))
                    .getAst();
        } catch (CelValidationException e) {
            throw new SignatureException(Reason.of(e));
        }
    }

    private static String explain(CelIssue issue) {
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.find()) {
            String name = undeclared.group(1).replaceFirst("^" + Quantiles.PREFIX, "");
            return "unknown feature `" + name + "`"
                    + closest(name)
                            .map(near -> "; did you mean `" + near + "`?")
                            .orElse("");
        }
        return issue.getMessage().lines().findFirst().orElse("the expression cannot be read") + " (at character "
                + (issue.getSourceLocation().getColumn() + 1) + ")";
    }

    /** The feature whose name is nearest by edit distance, when it is near at all. */
    static Optional<String> closest(String name) {
        return Suggestion.word(name, Features.all().stream().map(Feature::name).toList());
    }

    static CelRuntime.Program program(CelAbstractSyntaxTree expression) {
        try {
            return RUNTIME.createProgram(expression);
        } catch (CelEvaluationException e) {
            throw new SignatureException(Reason.of(e));
        }
    }
}

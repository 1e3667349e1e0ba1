package io.stillwatch.signature;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an expression as a signature's file would. */
final class ExpressionText {
    private static final Pattern BINARY = Pattern.compile("_([^_]+)_");
    private static final Map<String, Integer> BINDING = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("&&", 2),
            Map.entry("<", 3),
            Map.entry("<=", 3),
            Map.entry(">", 3),
            Map.entry(">=", 3),
            Map.entry("==", 3),
            Map.entry("!=", 3),
            Map.entry("+", 4),
            Map.entry("-", 4),
            Map.entry("*", 5),
            Map.entry("/", 5),
            Map.entry("%", 5));
    private static final int LOOSEST = 0;
    private static final int TIGHTEST = 6;

    private ExpressionText() {}

    static String of(CelExpr expression) {
        return of(expression, LOOSEST);
    }

    /** @param around how tightly what is around the expression binds; looser ones are put in brackets */
    private static String of(CelExpr expression, int around) {
        return switch (expression.exprKind().getKind()) {
            case IDENT -> identifier(expression.ident().name());
            case CONSTANT -> constant(expression.constant());
            case CALL -> call(expression.call(), around);
            case LIST -> "[" + joined(expression.list().elements()) + "]";
            case SELECT ->
                of(expression.select().operand(), TIGHTEST) + "."
                        + expression.select().field();
            default -> "…";
        };
    }

    private static String call(CelExpr.CelCall call, int around) {
        List<CelExpr> parts = call.args();
        Matcher binary = BINARY.matcher(call.function());
        if (binary.matches() && parts.size() == 2 && BINDING.containsKey(binary.group(1))) {
            int own = BINDING.get(binary.group(1));
            String text = of(parts.get(0), own) + " " + binary.group(1) + " " + of(parts.get(1), own + 1);
            return own < around ? "(" + text + ")" : text;
        }
        return switch (call.function()) {
            case "-_" -> "-" + of(parts.get(0), TIGHTEST);
            case "!_" -> "!" + of(parts.get(0), TIGHTEST);
            case "_?_:_" ->
                "("
                        + of(parts.get(0), LOOSEST + 1) + " ? " + of(parts.get(1), LOOSEST) + " : "
                        + of(parts.get(2), LOOSEST) + ")";
            case "_[_]" -> of(parts.get(0), TIGHTEST) + "[" + of(parts.get(1), LOOSEST) + "]";
            default ->
                call.target().map(target -> of(target, TIGHTEST) + ".").orElse("") + call.function() + "("
                        + joined(parts) + ")";
        };
    }

    private static String joined(List<CelExpr> parts) {
        return parts.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    private static String identifier(String name) {
        return name.startsWith(Quantiles.PREFIX) ? "q(" + name.substring(Quantiles.PREFIX.length()) + ")" : name;
    }

    private static String constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case DOUBLE_VALUE -> number(constant.doubleValue());
            case INT64_VALUE -> Long.toString(constant.int64Value());
            case UINT64_VALUE -> constant.uint64Value() + "u";
            case BOOLEAN_VALUE -> Boolean.toString(constant.booleanValue());
            case STRING_VALUE -> "'" + constant.stringValue() + "'";
            default -> "…";
        };
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        // Without its point it would be a whole number, with which nothing can be calculated.
        String plain =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}

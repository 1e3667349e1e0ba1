package io.stillwatch.cli.terminal;

import io.stillwatch.signature.ClauseReading;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Clauses of a condition with their values, as a person reads them. */
public final class ClauseTable {
    private ClauseTable() {}

    /** The clauses of a condition, one a row. */
    public static TextTable of(List<ClauseReading> clauses) {
        TextTable table = new TextTable("holds", "clause", "value", "threshold", "margin");
        for (ClauseReading clause : clauses) {
            table.row(
                    clause.holds() ? "yes" : "no",
                    (clause.isAlternative() ? "or: " : "") + clause.text(),
                    number(clause.value()),
                    number(clause.threshold()),
                    margin(clause.margin()));
        }
        return table;
    }

    /** The line further to the right. */
    static Line indented(Line line, int columns) {
        List<Span> spans = new ArrayList<>(List.of(Span.of(" ".repeat(columns))));
        spans.addAll(line.spans());
        return new Line(spans);
    }

    /** For JSON. */
    public static List<Map<String, Object>> values(List<ClauseReading> clauses) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (ClauseReading clause : clauses) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("clause", clause.text());
            one.put("holds", clause.holds());
            one.put("alternative", clause.isAlternative());
            one.put("value", Double.isNaN(clause.value()) ? null : clause.value());
            one.put("threshold", Double.isNaN(clause.threshold()) ? null : clause.threshold());
            one.put("margin", clause.margin());
            values.add(one);
        }
        return values;
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    /** How near a clause came to holding, as people read it. */
    public static String margin(double margin) {
        return String.format(Locale.ROOT, "%+.2f", margin);
    }
}

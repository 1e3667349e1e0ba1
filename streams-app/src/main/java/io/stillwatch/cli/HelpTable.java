package io.stillwatch.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Names on the left, what they mean on the right. Picocli's own table breaks lines at dots and colons too, as in
 * {@code account_id=$.} and {@code user.id}; what is to be typed is kept whole here.
 */
final class HelpTable {
    private static final String MARGIN = "  ";
    private static final String NO_SHORT_NAME = "    ";
    private static final int WIDEST_NAMES = 36;
    private static final int NAMES = 3;
    private static final int GAP = 3;
    private static final int HANGING = 2;

    /** With less room meanings stand below their names. */
    private static final int FEWEST_COLUMNS = 72;

    private final List<Row> rows = new ArrayList<>();
    private final Help help;

    private record Row(String shown, int columns, String meaning) {}

    HelpTable(Help help) {
        this.help = help;
    }

    void add(OptionSpec option) {
        Text[][] cells =
                help.createDefaultOptionRenderer().render(option, help.parameterLabelRenderer(), help.colorScheme());
        add(cells);
    }

    void add(PositionalParamSpec parameter) {
        Text[][] cells = help.createDefaultParameterRenderer()
                .render(parameter, help.parameterLabelRenderer(), help.colorScheme());
        cells[0][NAMES] = help.colorScheme().parameterText(HelpLayout.label(parameter));
        add(cells);
    }

    /** Picocli renders a mark, the short name, a comma, the long name or label, and a line of what it means; then more of it. */
    private void add(Text[][] cells) {
        Text brief = cells[0][1];
        Text full = cells[0][NAMES];
        String before = before(brief, full);
        int last = cells[0].length - 1;
        rows.add(new Row(
                MARGIN + brief + before + full,
                MARGIN.length()
                        + brief.plainString().length()
                        + before.length()
                        + full.plainString().length(),
                Arrays.stream(cells)
                        .map(row -> row[last].toString())
                        .collect(Collectors.joining(" "))
                        .strip()));
    }

    private static String before(Text brief, Text full) {
        if (brief.plainString().isEmpty()) {
            return NO_SHORT_NAME;
        }
        if (full.plainString().isEmpty()) {
            return "";
        }
        return full.plainString().startsWith("--") ? ", " : "=";
    }

    @Override
    public String toString() {
        int width = help.commandSpec().usageMessage().width();
        int widest = width < FEWEST_COLUMNS ? NO_SHORT_NAME.length() : WIDEST_NAMES;
        int names = rows.stream()
                .mapToInt(Row::columns)
                .filter(columns -> columns <= widest)
                .max()
                .orElse(widest);
        String hanging = " ".repeat(names + GAP + HANGING);
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            boolean beside = row.columns() <= names;
            text.append(row.shown())
                    .append(beside ? " ".repeat(names + GAP - row.columns()) : System.lineSeparator() + hanging)
                    .append(HelpLayout.wrapped(row.meaning(), width, beside ? names + GAP : hanging.length(), hanging));
        }
        return text.toString();
    }
}

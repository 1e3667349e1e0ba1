package io.stillwatch.text;

import java.util.regex.Pattern;

/**
 * A cell of a CSV file (RFC 4180) that a spreadsheet shows and never runs.
 *
 * <p>Spreadsheets take a cell that begins with {@code = + - @}, a tab or a carriage return for a formula, also where it is
 * quoted, and ids come from callers. So an apostrophe goes before such a cell, as OWASP advises; one goes before text that
 * already has apostrophes there, too, so that {@link #plain} gives back exactly what was written.
 */
public final class CsvCell {
    /** The wide forms are taken for the narrow ones by some programs. */
    private static final Pattern RUNS = Pattern.compile("(?s)'*+[=+\\-@\t\r\n|%\\uFF1D\\uFF0B\\uFF0D\\uFF20].*+");

    private CsvCell() {}

    /** The cell as it stands in the file, quoted where it has to be. */
    public static String of(String text) {
        String harmless = RUNS.matcher(text).matches() ? "'" + text : text;
        boolean plain = harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /** What was written into a cell, its quotes taken off. */
    public static String plain(String cell) {
        return cell.startsWith("'") && RUNS.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}

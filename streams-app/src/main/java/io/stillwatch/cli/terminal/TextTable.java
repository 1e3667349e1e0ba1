package io.stillwatch.cli.terminal;

import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows under a header, columns two spaces apart, numbers to the right, severities in their colours.
 *
 * <p>Through a pipe a row is a line and all columns are there, so that programs can count on them. For a person the table
 * fits the width: columns in which no row says anything go, texts break at words, and where even that is too wide each row
 * becomes a paragraph: a line for each column, or running text where they are many.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final String NOTHING = "-";
    private static final String SEVERITY = "severity";

    /** With more columns than these a row that does not fit is told in running text, not in a line for each column. */
    private static final int MOST_LINES = 8;

    /** A word longer than this may be broken. */
    private static final int LONGEST_WORD = 20;

    private final List<String> header;
    private final List<String> optional = new ArrayList<>();
    private final Set<String> forPeople = new HashSet<>();
    private final Set<String> whole = new HashSet<>();
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        this.header = List.of(header);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column of the header, as untrusted as they like
     */
    public TextTable row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException("A row of " + cells.length + " under " + header.size() + " columns.");
        }
        rows.add(List.of(cells).stream().map(Printable::escape).toList());
        return this;
    }

    /** Columns that go where there is too little room for a person, the first named first. */
    public TextTable optional(String... columns) {
        optional.addAll(List.of(columns));
        return this;
    }

    /** A column whose cells are not broken, as they are hard to read in pieces. */
    public TextTable whole(String column) {
        whole.add(column);
        return this;
    }

    /** A column that programs do not get, as what it says is gone the next minute. */
    public TextTable forPeople(String column) {
        forPeople.add(column);
        return this;
    }

    /** The header and the rows, each on one line however long. */
    public List<Line> lines() {
        int[] columns = IntStream.range(0, header.size())
                .filter(column -> !forPeople.contains(header.get(column)))
                .toArray();
        return lines(columns, Arrays.stream(columns).map(this::width).toArray());
    }

    /** The header and the rows for somebody who sees so many columns of characters. */
    public List<Line> lines(int available) {
        int[] columns = columns(available);
        if (leastWidth(columns) > available) {
            return paragraphs(columns, available);
        }
        int[] widths = Arrays.stream(columns).map(this::width).toArray();
        int[] least = Arrays.stream(columns).map(this::leastWidth).toArray();
        int gaps = GAP.length() * Math.max(0, columns.length - 1);
        while (Arrays.stream(widths).sum() + gaps > available) {
            widths[widestThatGives(widths, least)]--;
        }
        return lines(columns, widths);
    }

    /** Whether somebody who sees so many columns of characters gets to see a column. */
    boolean shows(String column, int available) {
        return Arrays.stream(columns(available))
                .anyMatch(shown -> header.get(shown).equals(column));
    }

    /** Those that fit, or all where no table does. */
    private int[] columns(int available) {
        int[] all = IntStream.range(0, header.size()).filter(this::says).toArray();
        int[] columns = all;
        for (String less : optional) {
            if (leastWidth(columns) > available) {
                columns = Arrays.stream(columns)
                        .filter(column -> !header.get(column).equals(less))
                        .toArray();
            }
        }
        return leastWidth(columns) > available ? all : columns;
    }

    private int leastWidth(int[] columns) {
        return Arrays.stream(columns).map(this::leastWidth).sum() + GAP.length() * Math.max(0, columns.length - 1);
    }

    private static int widestThatGives(int[] widths, int[] least) {
        int widest = -1;
        for (int at = 0; at < widths.length; at++) {
            if (widths[at] > least[at] && (widest < 0 || widths[at] > widths[widest])) {
                widest = at;
            }
        }
        return widest;
    }

    private boolean says(int column) {
        return rows.isEmpty()
                || rows.stream().map(row -> row.get(column)).anyMatch(cell -> !cell.isEmpty() && !cell.equals(NOTHING));
    }

    private List<Line> lines(int[] columns, int[] widths) {
        boolean[] right = new boolean[columns.length];
        for (int at = 0; at < columns.length; at++) {
            right[at] = holdsNumbers(columns[at]);
        }
        List<Line> lines = new ArrayList<>();
        for (List<String> words : wrapped(header, columns, widths)) {
            lines.add(Line.of(Span.of(join(words, widths, right), Span.Style.BOLD)));
        }
        for (List<String> row : rows) {
            for (List<String> words : wrapped(row, columns, widths)) {
                lines.add(styled(words, columns, widths, right));
            }
        }
        return lines;
    }

    /** What one row takes, line by line. */
    private static List<List<String>> wrapped(List<String> row, int[] columns, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        int height = 1;
        for (int at = 0; at < columns.length; at++) {
            List<String> cell = Columns.wrap(row.get(columns[at]), Math.max(1, widths[at]));
            cells.add(cell);
            height = Math.max(height, cell.size());
        }
        List<List<String>> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            int number = line;
            lines.add(cells.stream()
                    .map(cell -> number < cell.size() ? cell.get(number) : "")
                    .toList());
        }
        return lines;
    }

    private Line styled(List<String> cells, int[] columns, int[] widths, boolean[] right) {
        int severity = -1;
        for (int at = 0; at < columns.length; at++) {
            severity = header.get(columns[at]).equals(SEVERITY) ? at : severity;
        }
        if (severity < 0 || cells.get(severity).isEmpty()) {
            return Line.of(join(cells, widths, right));
        }
        String before = severity == 0 ? "" : padded(cells.subList(0, severity), widths, right, 0) + GAP;
        String cell = cells.get(severity);
        String rest = severity == cells.size() - 1
                ? ""
                : GAP + padded(cells.subList(severity + 1, cells.size()), widths, right, severity + 1);
        String padding = rest.isBlank() ? "" : " ".repeat(widths[severity] - Columns.of(cell));
        return Line.of(
                Span.of(before), Span.of(cell, Span.Style.ofSeverity(cell)), Span.of((padding + rest).stripTrailing()));
    }

    private List<Line> paragraphs(int[] columns, int available) {
        int widest = Arrays.stream(columns)
                .map(column -> Columns.of(header.get(column)))
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        for (List<String> row : rows) {
            if (!lines.isEmpty()) {
                lines.add(Line.of(""));
            }
            if (columns.length > MOST_LINES) {
                lines.addAll(running(row, columns, available));
                continue;
            }
            for (int column : columns) {
                String cell = row.get(column);
                if (cell.isEmpty() || cell.equals(NOTHING)) {
                    continue;
                }
                String name = header.get(column);
                String label = name + " ".repeat(widest - Columns.of(name)) + GAP;
                Span.Style style = name.equals(SEVERITY) ? Span.Style.ofSeverity(cell) : Span.Style.PLAIN;
                for (String part : Columns.wrap(cell, Math.max(8, available - Columns.of(label)))) {
                    lines.add(Line.of(Span.of(label, Span.Style.BOLD), Span.of(part, style)));
                    label = " ".repeat(Columns.of(label));
                }
            }
        }
        return lines;
    }

    /** The first cell, and below it the others, each behind its column's name. */
    private List<Line> running(List<String> row, int[] columns, int available) {
        List<Line> lines = new ArrayList<>();
        for (String part : Columns.wrap(row.get(columns[0]), available)) {
            lines.add(Line.of(Span.of(part, Span.Style.BOLD)));
        }
        List<Span> line = new ArrayList<>();
        int width = 0;
        for (int column : Arrays.copyOfRange(columns, 1, columns.length)) {
            String name = header.get(column);
            String cell = row.get(column);
            if (cell.isEmpty() || cell.equals(NOTHING)) {
                continue;
            }
            String label = GAP + name + " ";
            int more = Columns.of(label) + Columns.of(cell);
            if (width > 0 && width + more > available) {
                lines.add(new Line(line));
                line.clear();
                width = 0;
            }
            line.add(Span.of(label));
            line.add(Span.of(cell, name.equals(SEVERITY) ? Span.Style.ofSeverity(cell) : Span.Style.PLAIN));
            width += more;
        }
        if (width > 0) {
            lines.add(new Line(line));
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> Columns.of(row.get(column)))
                .reduce(Columns.of(header.get(column)), Math::max);
    }

    private int leastWidth(int column) {
        int words = rows.stream()
                .mapToInt(row -> longestWord(row.get(column)))
                .reduce(longestWord(header.get(column)), Math::max);
        return holdsNumbers(column) || whole.contains(header.get(column)) ? Math.max(words, widestCell(column)) : words;
    }

    private int widestCell(int column) {
        return rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0);
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ", -1))
                .mapToInt(word -> Math.min(LONGEST_WORD, Columns.of(word)))
                .max()
                .orElse(0);
    }

    private boolean holdsNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.]*( ?[%a-zA-Z/]{1,4})?"));
    }

    private static String join(List<String> cells, int[] widths, boolean[] right) {
        return padded(cells, widths, right, 0).stripTrailing();
    }

    private static String padded(List<String> cells, int[] widths, boolean[] right, int first) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < cells.size(); at++) {
            String cell = cells.get(at);
            String padding = " ".repeat(Math.max(0, widths[first + at] - Columns.of(cell)));
            line.append(at == 0 ? "" : GAP).append(right[first + at] ? padding + cell : cell + padding);
        }
        return line.toString();
    }
}

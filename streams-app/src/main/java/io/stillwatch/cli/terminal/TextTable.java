package io.stillwatch.cli.terminal;

import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a header, columns two spaces apart, numbers to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
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

    /** The header and the rows. */
    public List<Line> lines() {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        boolean[] right = new boolean[header.size()];
        for (int column = 0; column < right.length; column++) {
            right[column] = holdsNumbers(column);
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Span.of(join(header, widths, right), Span.Style.BOLD)));
        rows.forEach(row -> lines.add(Line.of(join(row, widths, right))));
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> Columns.of(row.get(column)))
                .reduce(Columns.of(header.get(column)), Math::max);
    }

    private boolean holdsNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.]*( ?[%a-zA-Z/]{1,4})?"));
    }

    private static String join(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - Columns.of(cell));
            line.append(column == 0 ? "" : GAP).append(right[column] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}

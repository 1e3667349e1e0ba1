package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Label;
import io.stillwatch.text.CsvCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads truth files as {@link TruthCsv} writes them; kinds may be any words. */
public final class TruthReader {
    private static final int COLUMNS = TruthCsv.HEADER.split(",").length;

    private TruthReader() {}

    /**
     * Reads a file.
     *
     * @throws PlanException naming the file and the line that is no truth
     */
    public static List<TruthRow> read(Path file) {
        try {
            return read(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new PlanException("The truth file " + Quoted.of(file.toString())
                    + " cannot be read; name one with --truth, with the columns " + TruthCsv.HEADER + ".");
        }
    }

    static List<TruthRow> read(String source, List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).strip().equals(TruthCsv.HEADER)) {
            throw at(source, 1, "the header must be " + TruthCsv.HEADER);
        }
        List<TruthRow> rows = new ArrayList<>();
        Set<String> accounts = new HashSet<>();
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                TruthRow row = row(source, line + 1, cells(lines.get(line)));
                if (!accounts.add(row.accountId())) {
                    throw at(source, line + 1, "the account " + Quoted.of(row.accountId()) + " has a line already");
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static TruthRow row(String source, int line, List<String> cells) {
        if (cells.size() != COLUMNS) {
            throw at(source, line, "there are " + cells.size() + " columns instead of " + COLUMNS);
        }
        try {
            return new TruthRow(
                    CsvCell.plain(cells.get(0)),
                    label(source, line, cells.get(1)),
                    CsvCell.plain(cells.get(2)),
                    CsvCell.plain(cells.get(3)),
                    CsvCell.plain(cells.get(4)),
                    cells.get(5).isEmpty() ? 0 : fraction(source, line, Double.parseDouble(cells.get(5))),
                    Long.parseLong(cells.get(6)),
                    Integer.parseInt(cells.get(7)),
                    Integer.parseInt(cells.get(8)));
        } catch (NumberFormatException e) {
            throw at(source, line, "fraction, first_ms, requests and hostile_requests must be numbers");
        }
    }

    private static double fraction(String source, int line, double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw at(source, line, "the fraction must be from 0 to 1");
        }
        return fraction;
    }

    private static Label label(String source, int line, String word) {
        for (Label label : Label.values()) {
            if (label.word().equals(word)) {
                return label;
            }
        }
        throw at(source, line, "the label must be honest or hostile, and " + Quoted.of(word) + " is neither");
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static PlanException at(String source, int line, String message) {
        return new PlanException(source + ":" + line + ": " + message + ".");
    }
}

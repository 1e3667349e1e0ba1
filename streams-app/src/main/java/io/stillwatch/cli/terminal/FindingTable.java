package io.stillwatch.cli.terminal;

import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** A finding as a person reads it: what was found, and its evidence as a table. */
public final class FindingTable {
    private static final int INDENT = 2;

    private FindingTable() {}

    /** Its lines, an empty one first. */
    public static List<Line> of(Finding finding) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(""));
        lines.add(Line.of(
                Span.of(finding.getSignatureId() + " v" + finding.getSignatureVersion(), Span.Style.BOLD),
                Span.of("  " + finding.getSeverity() + "  score " + Figures.score(finding.getScore()) + "  "
                        + Figures.window(finding.getWindow()) + "  " + finding.getTitle())));
        TextTable table = new TextTable("evidence", "value", "asked for", "among the baseline's accounts");
        for (FeatureValue feature : finding.getEvidence()) {
            table.row(
                    feature.getName(),
                    Figures.value(feature.getValue(), feature.getUnit()),
                    feature.getThreshold() == null
                            ? "-"
                            : Figures.boundInSigns(feature.getValue(), feature.getThreshold(), feature.getUnit()),
                    feature.getQuantile() == null ? "-" : Figures.rank(feature.getQuantile()));
        }
        if (!finding.getEvidence().isEmpty()) {
            table.lines().forEach(line -> lines.add(ClauseTable.indented(line, INDENT)));
        }
        return lines;
    }
}

package io.stillwatch.cli.terminal;

import io.stillwatch.baseline.Peers;
import io.stillwatch.baseline.Usual;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Figures;
import java.util.Optional;

/** A finding as a person reads it: what was found, and its evidence as a table. */
public final class FindingTable {
    private static final int INDENT = 2;
    private static final String RANK = "rank";

    private FindingTable() {}

    /** Prints it after an empty line, with what is usual beside each value where that is known. */
    public static void print(Finding finding, UsualValues usual, TerminalOutput output) {
        output.line("");
        output.title(Line.of(
                Span.of(finding.getSignatureId() + " v" + finding.getSignatureVersion(), Span.Style.BOLD),
                Span.of("  "),
                Span.of(finding.getSeverity(), Span.Style.ofSeverity(finding.getSeverity())),
                Span.of("  score " + Figures.score(finding.getScore()) + "  " + Figures.window(finding.getWindow()))));
        output.prose(finding.getTitle());
        if (finding.getEvidence().isEmpty()) {
            return;
        }
        TextTable table = new TextTable("evidence", "value", "asked for", "usual", RANK)
                .whole("asked for")
                .whole("usual")
                .optional(RANK);
        for (FeatureValue feature : finding.getEvidence()) {
            table.row(
                    feature.getName(),
                    Figures.value(feature.getValue(), feature.getUnit()),
                    feature.getThreshold() == null
                            ? "-"
                            : Figures.boundInSigns(feature.getValue(), feature.getThreshold(), feature.getUnit()),
                    usual.of(finding, feature)
                            .map(range -> words(range, feature.getUnit()))
                            .orElse("-"),
                    feature.getQuantile() == null ? "-" : Figures.rankInSigns(feature.getQuantile()));
        }
        output.table(table, INDENT);
        Optional<String> kinds = usual.peers(finding).flatMap(Peers::words);
        kinds.ifPresent(words -> output.hanging("  Usual is what nine in ten of these have: " + words + "."));
        if (finding.getEvidence().stream().anyMatch(feature -> feature.getQuantile() != null)
                && output.shows(table, RANK, INDENT)) {
            output.hanging("  Rank is of how many of " + (kinds.isPresent() ? "these" : "the baseline's accounts")
                    + " a value is at least as high as (≥), or lower than (<).");
        }
    }

    private static String words(Usual usual, String unit) {
        String low = Figures.value(usual.low(), unit);
        String high = Figures.value(usual.high(), unit);
        return low.equals(high) ? low : low + " to " + high;
    }
}

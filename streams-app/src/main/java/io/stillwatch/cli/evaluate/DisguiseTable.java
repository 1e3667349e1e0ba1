package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.text.Figures;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Prints one line for each traffic and disguise, at both tiers. */
final class DisguiseTable {
    private DisguiseTable() {}

    static void print(List<DisguiseRuns.Row> rows, TerminalOutput output) {
        TextTable table = new TextTable(
                "traffic",
                "disguise",
                "caught",
                "above low",
                "of hostile",
                "requests until then",
                "until above low",
                "flagged",
                "above low",
                "of honest");
        for (DisguiseRuns.Row row : rows) {
            Scorecard card = row.card();
            table.row(
                    shortName(row.traffic()),
                    row.disguise().words(),
                    Figures.count(card.caught(Tier.ANY)),
                    Figures.count(card.caught(Tier.ABOVE_LOW)),
                    Figures.count(card.hostileAccounts()),
                    count(card.requestsUntil(Tier.ANY)),
                    count(card.requestsUntil(Tier.ABOVE_LOW)),
                    Figures.count(card.flagged(Tier.ANY)),
                    Figures.count(card.flagged(Tier.ABOVE_LOW)),
                    Figures.count(card.honestAccounts()));
        }
        output.line("");
        output.table(table);
    }

    private static String shortName(String traffic) {
        Path file = Path.of(traffic).getFileName();
        return file == null ? traffic : file.toString().replaceFirst("\\.(jsonl|json|avro)(\\.gz|\\.zst)?$", "");
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Figures.count(number.getAsLong()) : "-";
    }
}

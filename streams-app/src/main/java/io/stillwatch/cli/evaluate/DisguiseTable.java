package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.OperatingPoint;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.text.Figures;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Prints one line for each traffic and disguise, at both tiers, and what comes of it at an analyst's desk. */
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
        desk(rows, output);
    }

    /** What an analyst who reads the alerts has of it, at the traffic's own share of hostile accounts. */
    private static void desk(List<DisguiseRuns.Row> rows, TerminalOutput output) {
        TextTable table = new TextTable(
                "at an analyst's desk", "disguise", "alerts", "in all", "a day", "true a day", "true of all alerts");
        for (DisguiseRuns.Row row : rows) {
            for (Tier tier : Tier.values()) {
                OperatingPoint point = row.card().at(tier);
                table.row(
                        shortName(row.traffic()),
                        row.disguise().words(),
                        tier.words(),
                        Figures.count(point.alerts().whole()),
                        RateWords.number(point.alertsADay()),
                        RateWords.number(point.rightAlertsADay()),
                        RateWords.rate(point.alerts()));
            }
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

package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Prints the price of hiding. */
final class AdversaryTable {
    private AdversaryTable() {}

    static void print(Adversary adversary, List<EvasionPrice> prices, TerminalOutput output) {
        output.line("");
        output.line(Line.of(Span.of("The price of each " + adversary.kind(), Span.Style.BOLD)));
        output.prose("What an account harvests in a month until an alert above low; it can make "
                + Figures.counted(adversary.requests(), "request") + " in "
                + Figures.counted(adversary.length().toDays(), "day") + ".");
        TextTable table = new TextTable(
                adversary.kind(),
                "strength",
                "accounts",
                "caught",
                "above low",
                "requests until then",
                "until above low",
                "answers, mean",
                "output tokens, mean",
                "requests an answer",
                "input tokens an answer",
                "it costs");
        for (EvasionPrice price : prices) {
            table.row(
                    price.hiding(),
                    String.format(Locale.ROOT, "%.2f", price.strength()),
                    Figures.count(price.accounts().size()),
                    Figures.count(price.caught(Tier.ANY).part()),
                    Figures.count(price.caught(Tier.ABOVE_LOW).part()),
                    count(price.requestsUntil(Tier.ANY)),
                    count(price.requestsUntil(Tier.ABOVE_LOW)),
                    Figures.count(Math.round(price.answersMean(Tier.ABOVE_LOW))),
                    Figures.count(Math.round(price.outputTokensMean(Tier.ABOVE_LOW))),
                    decimal(price.requestsAnAnswer()),
                    decimal(price.inputTokensAnAnswer()),
                    price.price());
        }
        output.table(table);
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Figures.count(number.getAsLong()) : "-";
    }

    private static String decimal(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%,.1f", number.getAsDouble()) : "-";
    }

    /** Says what each way is. */
    static void printWays(List<String> sentences, TerminalOutput output) {
        output.line("");
        sentences.forEach(output::line);
    }
}

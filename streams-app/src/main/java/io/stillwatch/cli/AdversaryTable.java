package io.stillwatch.cli;

import io.stillwatch.alert.Figures;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.simulate.evasion.Evasion;
import io.stillwatch.simulate.evasion.Evasions;
import java.util.List;
import java.util.Locale;

/** Prints the price of evasion. */
final class AdversaryTable {
    private AdversaryTable() {}

    static void print(Adversary adversary, List<EvasionPrice> prices, TerminalOutput output) {
        output.line("");
        output.line(Line.of(Span.of("The price of evasion", Span.Style.BOLD)));
        output.line("What an account harvests in a month before its first alert; it can make "
                + Figures.count(adversary.requests()) + " requests in "
                + Figures.count(adversary.length().toDays()) + " days.");
        TextTable table = new TextTable(
                "evasion", "strength", "accounts", "caught", "requests, mean", "median", "output tokens, mean");
        for (EvasionPrice price : prices) {
            table.row(
                    price.evasion(),
                    String.format(Locale.ROOT, "%.2f", price.strength()),
                    Figures.count(price.hauls().size()),
                    Figures.count(price.caught()),
                    Figures.count(Math.round(price.requestsMean())),
                    Figures.count(Math.round(price.requestsMedian())),
                    Figures.count(Math.round(price.outputTokensMean())));
        }
        table.lines().forEach(output::line);
        output.line("");
        for (Evasion evasion : Evasions.all()) {
            output.line(evasion.name() + ": " + evasion.description());
        }
    }
}

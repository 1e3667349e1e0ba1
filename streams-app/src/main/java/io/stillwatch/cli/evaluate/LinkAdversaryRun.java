package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.LinkAdversary;
import io.stillwatch.evaluate.LinkPrice;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** Takes from a campaign, family by family, what its accounts share, and tells what is still found of it. */
final class LinkAdversaryRun {
    private final LinkAdversary adversary;
    private final SignatureSet signatures;
    private final Reference reference;

    LinkAdversaryRun(LinkAdversary adversary, SignatureSet signatures, Reference reference) {
        this.adversary = adversary;
        this.signatures = signatures;
        this.reference = reference;
    }

    /** What came of all attempts, in their order. */
    List<LinkPrice> run(int threads, TerminalOutput output) {
        Judge judge = new Judge(signatures, reference, true, false);
        List<AtOnce.Run<LinkPrice>> runs = new ArrayList<>();
        for (LinkAdversary.Way way : adversary.attempts()) {
            runs.add(done -> LinkPrice.of(
                    adversary,
                    way,
                    judge.judge(
                                    new SimulatedTraffic(way.name(), new Simulator(adversary.plan(way))),
                                    (events, share) -> done.accept(share))
                            .card()));
        }
        try (Progress progress = output.progress("Taking links away", "runs")) {
            List<LinkPrice> prices = AtOnce.results(runs, threads, progress);
            progress.update(prices.size(), 1);
            return prices;
        }
    }

    static void print(LinkAdversary adversary, List<LinkPrice> prices, TerminalOutput output) {
        output.line("");
        output.line(Line.of(Span.of("A campaign whose accounts share less", Span.Style.BOLD)));
        output.prose("One queue dealt out over " + Figures.counted(adversary.accounts(), "account")
                + ", among honest people, companies, a class and users of one app. Only what alerts of campaigns tell"
                + " counts; 'traffic' is what was answered before the first.");
        TextTable table = new TextTable(
                "taken away",
                "members named",
                "above low",
                "traffic",
                "traffic above low",
                "honest named",
                "above low",
                "left",
                "it costs");
        for (LinkPrice price : prices) {
            LinkPrice.Outcome any = price.at(Tier.ANY);
            LinkPrice.Outcome above = price.at(Tier.ABOVE_LOW);
            table.row(
                    price.name(),
                    Figures.count(any.members()) + " of " + Figures.count(any.of()),
                    Figures.count(above.members()),
                    Figures.share(any.trafficBefore()),
                    Figures.share(above.trafficBefore()),
                    Figures.count(any.honest()),
                    Figures.count(above.honest()),
                    price.left(),
                    price.price());
        }
        output.table(table);
    }
}

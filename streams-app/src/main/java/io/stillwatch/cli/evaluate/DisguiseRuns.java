package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Scorecard;
import java.util.ArrayList;
import java.util.List;

/** Judges several kinds of traffic in several disguises, as many at once as there are processors to spare. */
final class DisguiseRuns {
    private final Judge judge;
    private final boolean hostileOnly;
    private final int threads;

    /**
     * Runs that have not begun.
     *
     * @param hostileOnly leave the honest accounts out of disguised runs that do not change them, and tell of them what
     *     the plain run told
     * @param threads runs at once, at least 1
     */
    DisguiseRuns(Judge judge, boolean hostileOnly, int threads) {
        this.judge = judge;
        this.hostileOnly = hostileOnly;
        this.threads = threads;
    }

    /** Traffic in a disguise and what came of it. */
    record Row(String traffic, Disguising disguise, Judge.Verdict verdict) {
        Scorecard card() {
            return verdict.card();
        }
    }

    /** One row for each traffic and disguise, in that order. */
    List<Row> run(List<LabelledTraffic> traffic, List<Disguising> disguises, TerminalOutput output) {
        List<AtOnce.Run<Judge.Verdict>> runs = new ArrayList<>();
        for (LabelledTraffic plain : traffic) {
            for (Disguising disguise : disguises) {
                LabelledTraffic disguised = new DisguisedTraffic(shortened(plain, disguise), disguise);
                runs.add(done -> judge.judge(disguised, (events, share) -> done.accept(share)));
            }
        }
        List<Judge.Verdict> verdicts;
        try (Progress progress = output.progress("Judging", "runs")) {
            verdicts = AtOnce.results(runs, threads, progress);
            progress.update(verdicts.size(), 1);
        }
        List<Row> rows = new ArrayList<>();
        for (LabelledTraffic plain : traffic) {
            Judge.Verdict first = verdicts.get(rows.size());
            for (Disguising disguise : disguises) {
                rows.add(new Row(plain.name(), disguise, whole(verdicts.get(rows.size()), disguise, first)));
            }
        }
        return rows;
    }

    private LabelledTraffic shortened(LabelledTraffic plain, Disguising disguise) {
        return leavesOut(disguise) ? new HostileTraffic(plain) : plain;
    }

    /** Neutral traffic needs the honest accounts, and blank traffic changes them. */
    private boolean leavesOut(Disguising disguise) {
        return hostileOnly && !disguise.isNone() && !disguise.neutral() && !disguise.blank();
    }

    private Judge.Verdict whole(Judge.Verdict verdict, Disguising disguise, Judge.Verdict first) {
        if (!leavesOut(disguise)) {
            return verdict;
        }
        List<AccountResult> accounts = new ArrayList<>(first.card().honest());
        accounts.addAll(verdict.card().hostile());
        Scorecard card =
                new Scorecard(verdict.card().name(), accounts, first.card().spanMs());
        return new Judge.Verdict(
                card, verdict.rejected(), verdict.skipped(), verdict.fate(), verdict.unnamed(), verdict.silent());
    }
}

package io.stillwatch.cli;

import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Scorecard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;

/** Judges several kinds of traffic in several disguises, as many at once as there are processors to spare. */
final class DisguiseRuns {
    private static final long REDRAW_MS = 200;

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
        int runs = traffic.size() * disguises.size();
        AtomicLongArray done = new AtomicLongArray(runs);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, runs));
        try (Progress progress = output.progress("Judging", "runs")) {
            List<Future<Judge.Verdict>> futures = new ArrayList<>();
            for (LabelledTraffic plain : traffic) {
                for (Disguising disguise : disguises) {
                    int number = futures.size();
                    LabelledTraffic disguised = new DisguisedTraffic(shortened(plain, disguise), disguise);
                    futures.add(pool.submit(() -> judge.judge(
                            disguised, (events, share) -> done.set(number, Double.doubleToRawLongBits(share)))));
                }
            }
            List<Row> rows = new ArrayList<>();
            for (LabelledTraffic plain : traffic) {
                Judge.Verdict first = null;
                for (Disguising disguise : disguises) {
                    Judge.Verdict verdict = await(futures.get(rows.size()), rows.size(), done, progress);
                    first = disguise.isNone() ? verdict : first;
                    rows.add(new Row(plain.name(), disguise, whole(verdict, disguise, first)));
                }
            }
            return rows;
        } finally {
            pool.shutdownNow();
        }
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
        return new Judge.Verdict(card, verdict.rejected(), verdict.late(), verdict.unnamed(), verdict.silent());
    }

    private static Judge.Verdict await(
            Future<Judge.Verdict> future, int finished, AtomicLongArray done, Progress progress) {
        while (true) {
            try {
                return future.get(REDRAW_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                double share = 0;
                for (int run = 0; run < done.length(); run++) {
                    double ofRun = run < finished ? 1 : Double.longBitsToDouble(done.get(run));
                    share += Double.isNaN(ofRun) ? 0 : ofRun;
                }
                progress.update(finished, share / done.length());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("A run of the evaluation ended early.", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while judging.");
            }
        }
    }
}

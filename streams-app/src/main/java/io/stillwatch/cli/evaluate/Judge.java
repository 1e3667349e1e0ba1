package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;

/**
 * What traffic is judged by. For several threads.
 *
 * @param signatures to run
 * @param reference what accounts are compared with
 * @param campaigns whether they are looked for
 * @param nearness whether it is watched how near to an alert accounts come that raise none; costs a tenth of the time
 */
record Judge(SignatureSet signatures, Reference reference, boolean campaigns, boolean nearness) {
    private static final int TOLD_EVERY = 256;

    /**
     * What came of traffic.
     *
     * @param card the figures
     * @param rejected records that could not be read; count
     * @param skipped records that are no requests, or were logged twice; count
     * @param fate what became of the events
     * @param unnamed accounts that are not in the truth and left out; count
     * @param silent accounts of the truth that made no request; count
     */
    record Verdict(Scorecard card, long rejected, long skipped, LossTotals fate, long unnamed, long silent) {}

    /** Told how far a run has come. */
    @FunctionalInterface
    interface Done {
        /**
         * So far.
         *
         * @param events played; count
         * @param share of all, 0 to 1; {@link Double#NaN} where the whole is unknown
         */
        void update(long events, double share);
    }

    /**
     * Plays traffic through the pipeline.
     *
     * @param done told now and then how far it has come
     */
    Verdict judge(LabelledTraffic traffic, Done done) {
        try (EvaluationRun run = new EvaluationRun(signatures, reference, campaigns, nearness);
                LabelledTraffic.Play play = traffic.play()) {
            long events = 0;
            while (play.hasNext()) {
                RequestEvent event = play.next();
                run.take(event);
                if (++events % TOLD_EVERY == 0) {
                    done.update(events, play.done());
                }
            }
            done.update(events, 1);
            Watch watch = run.finish();
            Scorecard card = new Scorecard(
                    traffic.name(),
                    watch.results(traffic.truth()),
                    watch.spanMs(),
                    watch.campaigns(traffic.truth()),
                    watch.groups(traffic.truth()));
            return new Verdict(
                    card,
                    play.rejected(),
                    play.skipped(),
                    run.losses(),
                    watch.unnamed(traffic.truth()),
                    traffic.truth().size() - card.accounts());
        }
    }
}

package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.evaluate.Nearest;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;

/** Events through the pipeline, watched for an evaluation. */
final class EvaluationRun implements AutoCloseable {
    private final Watch watch = new Watch();
    private final OfflinePipeline pipeline;

    /**
     * A run that has taken nothing yet.
     *
     * @param nearness whether it is watched how near accounts come to an alert
     */
    EvaluationRun(SignatureSet signatures, Reference reference, boolean campaigns, boolean nearness) {
        pipeline = new OfflinePipeline(
                signatures,
                reference,
                campaigns,
                nearness ? nearest(signatures) : EvaluationListener.NONE,
                watch::alert,
                (campaign, account, member) -> member.ifPresentOrElse(
                        told -> watch.member(campaign, account, told.getTime()), () -> watch.left(campaign, account)));
    }

    private EvaluationListener nearest(SignatureSet signatures) {
        return (account, timeMs, findings, windows) -> signatures
                .nearest(windows)
                .ifPresent(nearest -> watch.near(account, new Nearest(nearest.signatureId(), nearest.margin())));
    }

    void take(RequestEvent event) {
        Long outputTokens = event.getOutputTokens();
        watch.event(event.getAccountId(), event.getEventTime(), outputTokens == null ? 0 : outputTokens);
        pipeline.send(event);
    }

    /** Whether an alert of its own above low has been raised for an account, as far as the run is told of it by now. */
    boolean isClosed(String account) {
        return watch.isCaught(account, Tier.ABOVE_LOW);
    }

    /** Ends the run; nothing can be taken any more. */
    Watch finish() {
        pipeline.finish();
        return watch;
    }

    /** What became of all events. */
    LossTotals losses() {
        return LossTotals.of(pipeline.losses());
    }

    @Override
    public void close() {
        pipeline.close();
    }
}

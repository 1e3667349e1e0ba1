package io.stillwatch.cli.evaluate;

import io.stillwatch.alert.AlertSeverity;
import io.stillwatch.baseline.Reference;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.Member;
import io.stillwatch.evaluate.GroupLook;
import io.stillwatch.evaluate.Nearest;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import java.time.Duration;
import java.util.List;

/** Events through the pipeline, watched for an evaluation. */
final class EvaluationRun implements AutoCloseable {
    /** A group has but one window, whatever it is called. */
    private static final Duration WINDOW = Duration.ofDays(30);

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
                nearness ? new Nearness(signatures, watch) : EvaluationListener.NONE,
                watch::alert,
                (campaign, account, member) -> member.ifPresentOrElse(
                        told -> watch.member(campaign, account, told.getTime()), () -> watch.left(campaign, account)));
    }

    /** Watches how near accounts and groups of them come to an alert. */
    private record Nearness(SignatureSet signatures, Watch watch) implements EvaluationListener {
        @Override
        public void evaluated(String account, long timeMs, List<Finding> findings, WindowedProfiles windows) {
            Nearest nearest = nearest(windows);
            if (!nearest.signature().isEmpty() && watch.isNearer(account, nearest.margin())) {
                watch.near(
                        account,
                        new Nearest(
                                nearest.signature(),
                                nearest.margin(),
                                signatures.lacking(nearest.signature(), windows)));
            }
        }

        @Override
        public void evaluated(String name, Group group, long timeMs, List<Finding> findings, WindowedProfiles windows) {
            windows.subject(WINDOW, Part.WHOLE)
                    .flatMap(subject -> subject.comparisons().campaign())
                    .ifPresent(traits -> watch.group(
                            name,
                            new GroupLook(
                                    group.members().stream()
                                            .map(Member::account)
                                            .toList(),
                                    group.requests(),
                                    traits,
                                    findings.isEmpty() ? "" : findings.get(0).getSignatureId(),
                                    findings.isEmpty()
                                            ? ""
                                            : AlertSeverity.highest(findings).id(),
                                    nearest(windows))));
        }

        private Nearest nearest(WindowedProfiles windows) {
            return signatures
                    .nearest(windows)
                    .map(found -> new Nearest(found.signatureId(), found.margin()))
                    .orElse(Nearest.NONE);
        }
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

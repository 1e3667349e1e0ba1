package io.stillwatch.cli;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.baseline.Reference;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Haul;
import io.stillwatch.evaluate.HaulCounter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.LabelledRequest;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;

/** Lets attackers try every evasion against signatures. */
final class AdversaryRun {
    private final Adversary adversary;
    private final SignatureSet signatures;
    private final Reference reference;
    private final boolean campaigns;
    private final Map<String, Long> caughtMs = new HashMap<>();
    private long played;

    AdversaryRun(Adversary adversary, SignatureSet signatures, Reference reference, boolean campaigns) {
        this.adversary = adversary;
        this.signatures = signatures;
        this.reference = reference;
        this.campaigns = campaigns;
    }

    List<EvasionPrice> run(TerminalOutput output) {
        List<Adversary.Attempt> attempts = adversary.attempts();
        List<EvasionPrice> prices = new ArrayList<>();
        try (Progress progress = output.progress("Trying evasions", "events")) {
            for (Adversary.Attempt attempt : attempts) {
                int tried = prices.size();
                List<Haul> hauls =
                        hauls(attempt, share -> progress.update(++played, (tried + share) / attempts.size()));
                prices.add(new EvasionPrice(attempt.evasion(), attempt.strength(), hauls));
            }
        }
        return prices;
    }

    private List<Haul> hauls(Adversary.Attempt attempt, DoubleConsumer sharePlayed) {
        Simulator simulator = new Simulator(attempt.plan());
        Map<String, HaulCounter> counters = new HashMap<>();
        simulator.truth().forEach(row -> counters.put(row.accountId(), new HaulCounter()));
        caughtMs.clear();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                signatures,
                reference,
                campaigns,
                EvaluationListener.NONE,
                this::note,
                (campaign, account, member) -> {})) {
            long playedHere = 0;
            Iterator<LabelledRequest> requests = simulator.labelled();
            while (requests.hasNext()) {
                LabelledRequest request = requests.next();
                RequestEvent event = request.event();
                if (request.hostile() && event.getOutputTokens() != null && event.getOutputTokens() > 0) {
                    counters.get(event.getAccountId()).harvested(event.getEventTime(), event.getOutputTokens());
                }
                // An account with an alert is closed: what it would have sent changes nothing any more.
                if (!caughtMs.containsKey(event.getAccountId())) {
                    pipeline.send(event);
                }
                sharePlayed.accept((double) ++playedHere / simulator.size());
            }
            pipeline.finish();
        }
        List<Haul> hauls = new ArrayList<>();
        for (TruthRow row : simulator.truth()) {
            Long caught = caughtMs.get(row.accountId());
            hauls.add(counters.get(row.accountId())
                    .haul(
                            caught == null ? OptionalLong.empty() : OptionalLong.of(caught),
                            adversary.length().toMillis()));
        }
        return hauls;
    }

    private void note(Alert step) {
        if (AlertLifecycle.opens(step)) {
            caughtMs.putIfAbsent(step.getEntityId(), step.getTime());
        }
    }
}

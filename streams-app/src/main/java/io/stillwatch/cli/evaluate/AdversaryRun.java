package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.Catch;
import io.stillwatch.evaluate.Effort;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.HaulCounter;
import io.stillwatch.evaluate.Spoils;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.LabelledRequest;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.claim.Forger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;

/** Lets attackers try every way to hide against signatures. */
final class AdversaryRun {
    private final Adversary adversary;
    private final SignatureSet signatures;
    private final Reference reference;
    private final boolean campaigns;

    AdversaryRun(Adversary adversary, SignatureSet signatures, Reference reference, boolean campaigns) {
        this.adversary = adversary;
        this.signatures = signatures;
        this.reference = reference;
        this.campaigns = campaigns;
    }

    /** What came of all attempts, in their order. */
    List<EvasionPrice> run(int threads, TerminalOutput output) {
        List<AtOnce.Run<EvasionPrice>> runs = new ArrayList<>();
        for (Adversary.Way way : adversary.attempts()) {
            runs.add(done -> new EvasionPrice(way.name(), way.strength(), way.price(), spoils(way, done)));
        }
        try (Progress progress = output.progress("Trying each " + adversary.kind(), "runs")) {
            List<EvasionPrice> prices = AtOnce.results(runs, threads, progress);
            progress.update(prices.size(), 1);
            return prices;
        }
    }

    /** What one account sends and gets. */
    private static final class Tally {
        private final Forger forger;
        private final HaulCounter haul = new HaulCounter();
        private Effort effort = new Effort(0, 0, 0);

        Tally(Forger forger) {
            this.forger = forger;
        }

        void take(RequestEvent event, boolean hostile) {
            String asked = event.getPrompt();
            forger.forge(event);
            // A prompt that another took the place of is not asked, so its answer is not had.
            boolean answered = hostile
                    && Objects.equals(asked, event.getPrompt())
                    && event.getOutputTokens() != null
                    && event.getOutputTokens() > 0;
            if (answered) {
                haul.harvested(event.getEventTime(), event.getOutputTokens());
            }
            long inputTokens = event.getInputTokens() == null ? 0 : event.getInputTokens();
            effort = new Effort(
                    effort.requests() + 1, effort.inputTokens() + inputTokens, effort.answers() + (answered ? 1 : 0));
        }
    }

    private List<Spoils> spoils(Adversary.Way way, DoubleConsumer done) {
        Simulator simulator = new Simulator(adversary.plan(way));
        Map<String, Tally> tallies = new HashMap<>();
        simulator
                .truth()
                .forEach(row ->
                        tallies.put(row.accountId(), new Tally(way.guise().forgerOf(row.accountId()))));
        Watch watch;
        try (EvaluationRun run = new EvaluationRun(signatures, reference, campaigns, false)) {
            long played = 0;
            Iterator<LabelledRequest> requests = simulator.labelled();
            while (requests.hasNext()) {
                LabelledRequest request = requests.next();
                RequestEvent event = request.event();
                tally(tallies, event.getAccountId()).take(event, request.hostile());
                // An account with an alert above low is closed: what it would have sent changes nothing any more.
                if (!run.isClosed(event.getAccountId())) {
                    run.take(event);
                }
                done.accept((double) ++played / simulator.size());
            }
            watch = run.finish();
        }
        return watch.results(simulator.truth()).stream()
                .map(account -> spoils(account, tally(tallies, account.truth().accountId())))
                .toList();
    }

    /** What an account of the simulated traffic has sent; all of them are in its truth. */
    private static Tally tally(Map<String, Tally> tallies, String account) {
        return Objects.requireNonNull(tallies.get(account), account);
    }

    private Spoils spoils(AccountResult account, Tally tally) {
        return new Spoils(
                tally.haul.haul(
                        time(account.caught(Tier.ANY)), adversary.length().toMillis()),
                tally.haul.haul(
                        time(account.caught(Tier.ABOVE_LOW)), adversary.length().toMillis()),
                requests(account.caught(Tier.ANY)),
                requests(account.caught(Tier.ABOVE_LOW)),
                tally.effort);
    }

    private static OptionalLong time(Optional<Catch> caught) {
        return caught.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(caught.get().timeMs());
    }

    private static OptionalLong requests(Optional<Catch> caught) {
        return caught.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(caught.get().requests());
    }
}

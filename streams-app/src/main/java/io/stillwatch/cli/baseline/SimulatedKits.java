package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Atom;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.HistoryFiles;
import io.stillwatch.runtime.HistoryMeans;
import io.stillwatch.runtime.UserException;
import io.stillwatch.simulate.Kinds;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Label;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Kits of the simulator: what each published recipe asks, as the simulator's grammars write it. */
final class SimulatedKits {
    private static final int ACCOUNTS = 4;
    private static final int REQUESTS = 500;
    private static final long SEED = 3;

    /** Recipes whose prompts are those of other recipes. */
    private static final List<String> VARIATIONS = List.of("new-model-pivot", "low-and-slow", "mixed");

    private SimulatedKits() {}

    /** Behaviours that have prompts of their own. */
    static List<String> names() {
        return Kinds.all().stream()
                .filter(behaviour -> behaviour.label() == Label.HOSTILE)
                .map(Behaviour::kind)
                .filter(kind -> !VARIATIONS.contains(kind))
                .toList();
    }

    /** The kit of a behaviour: always the same. */
    static Atom of(String behaviour, TerminalOutput output) {
        SimulationPlan plan = new SimulationPlan(
                behaviour,
                SEED,
                SimulationPlan.DEFAULT_START,
                Duration.ofDays(7),
                List.of(PlanGroup.of(behaviour, ACCOUNTS, REQUESTS, REQUESTS)));
        Simulator simulator = new Simulator(plan);
        Optional<PromptMean> mean;
        try (HistoryFiles source = HistoryFiles.of(output)) {
            source.play(simulator.events(), simulator.size());
            mean = HistoryMeans.of(source.history(), source.history().accounts());
        }
        return new Atom(
                Atom.Kind.KIT,
                behaviour,
                "simulator",
                mean.orElseThrow(() -> new UserException(
                        "The behaviour " + behaviour + " has no prompts; name another.", ExitStatus.USAGE)));
    }
}

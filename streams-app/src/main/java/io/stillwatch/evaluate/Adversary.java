package io.stillwatch.evaluate;

import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.evasion.Disguise;
import io.stillwatch.simulate.evasion.Evasion;
import io.stillwatch.simulate.evasion.Evasions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Attackers who know that they are watched: the same accounts, each evasion and strength in turn.
 *
 * @param behaviours that harvest; hostile kinds
 * @param accountsEach accounts of each behaviour, at least 1
 * @param requests that an account can make, ordinary ones included, at least 1
 * @param length of a run
 * @param seed the same seed gives the same accounts whatever hides them
 * @param strengths of each evasion, above 0 and at most 1
 */
public record Adversary(
        List<String> behaviours, int accountsEach, int requests, Duration length, long seed, List<Double> strengths) {
    /** Name of the run in which nothing is hidden. */
    public static final String UNHIDDEN = "none";

    /** Half a dozen behaviours that ask for different things, and an account that could make 100 requests a day. */
    public static Adversary usual(int accountsEach, long seed) {
        return new Adversary(
                List.of(
                        "bulk-instruction-harvest",
                        "reasoning-trace-elicitation",
                        "templated-augmentation",
                        "code-harvest",
                        "rubric-grading",
                        "capability-sweep"),
                accountsEach,
                3_000,
                Duration.ofDays(30),
                seed,
                List.of(0.25, 0.5, 0.75, 1.0));
    }

    /** One run. */
    public record Attempt(String evasion, double strength, SimulationPlan plan) {}

    /** All runs: one in which nothing is hidden, then every evasion from weak to strong. */
    public List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        Evasion any = Evasions.all().get(0);
        attempts.add(new Attempt(UNHIDDEN, 0, plan(new Disguise(any, 0))));
        for (Evasion evasion : Evasions.all()) {
            for (double strength : strengths) {
                attempts.add(new Attempt(evasion.name(), strength, plan(new Disguise(evasion, strength))));
            }
        }
        return attempts;
    }

    private SimulationPlan plan(Disguise disguise) {
        List<PlanGroup> groups = behaviours.stream()
                .map(behaviour -> PlanGroup.of(behaviour, accountsEach, requests, requests)
                        .hiddenBy(disguise))
                .toList();
        return new SimulationPlan("adversary", seed, SimulationPlan.DEFAULT_START, length, groups);
    }
}

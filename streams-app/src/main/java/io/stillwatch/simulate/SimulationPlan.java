package io.stillwatch.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What to simulate.
 *
 * @param name of the plan
 * @param seed the same plan and seed give the same events, byte for byte
 * @param start event time of the beginning
 * @param length of the simulated time, one hour to 400 days
 * @param groups of accounts, in the order in which their accounts are numbered
 */
public record SimulationPlan(String name, long seed, Instant start, Duration length, List<PlanGroup> groups) {
    /** The start that plans have unless they name another: fixed, so that output can be reproduced. */
    public static final Instant DEFAULT_START = Instant.parse("2026-09-21T00:00:00Z");

    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(400);
    private static final double DAY_MS = 86_400_000.0;

    public SimulationPlan {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new PlanException("The plan has no groups; name at least one persona or behaviour.");
        }
        if (length.compareTo(LEAST) < 0 || length.compareTo(MOST) > 0) {
            throw new PlanException("days must be between 0.05 and 400.");
        }
        for (PlanGroup group : groups) {
            if (group.fromDay() * DAY_MS >= length.toMillis()) {
                throw new PlanException("from_day of the group " + group.kind() + " lies after the end of the plan.");
            }
        }
    }

    /** The names that {@link #preset} knows. */
    public static List<String> presetNames() {
        return List.of(
                "demo",
                "small",
                "honest",
                "evaluation",
                "harvests",
                "crowds",
                "holdout",
                "campaigns",
                "campaigns-bare",
                "hydra",
                "hydra-mixed",
                "look-alikes",
                "reported-scale");
    }

    /** A plan that comes with Stillwatch. */
    public static SimulationPlan preset(String name) {
        if (!presetNames().contains(name)) {
            throw new PlanException("There is no plan named " + Quoted.of(name) + "; there are "
                    + String.join(", ", presetNames()) + ", or name a YAML file.");
        }
        return PlanReader.shipped(name);
    }

    public SimulationPlan withSeed(long newSeed) {
        return new SimulationPlan(name, newSeed, start, length, groups);
    }

    public SimulationPlan withStart(Instant newStart) {
        return new SimulationPlan(name, seed, newStart, length, groups);
    }

    /** Number of accounts in all groups. */
    public int accounts() {
        return groups.stream().mapToInt(PlanGroup::accounts).sum();
    }
}

package io.stillwatch.evaluate;

import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.claim.ForgedClaims;
import io.stillwatch.simulate.claim.Guise;
import io.stillwatch.simulate.evasion.Disguise;
import io.stillwatch.simulate.evasion.Evasion;
import io.stillwatch.simulate.evasion.Evasions;
import io.stillwatch.simulate.hostile.HostileBehaviours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Attackers who know that they are watched: the same accounts, each way to hide in turn.
 *
 * @param kind of hiding, for the names of figures: {@code evasion} or {@code claim}
 * @param behaviours that harvest; hostile kinds
 * @param accountsEach accounts of each behaviour, at least 1
 * @param requests that an account can make, ordinary ones included, at least 1
 * @param length of a run
 * @param seed the same seed gives the same accounts whatever hides them
 * @param ways to hide, beside not at all
 */
public record Adversary(
        String kind,
        List<String> behaviours,
        int accountsEach,
        int requests,
        Duration length,
        long seed,
        List<Way> ways) {
    /** Name of the run in which nothing is hidden. */
    public static final String UNHIDDEN = "none";

    private static final String CLAIM = "claim";
    private static final String EVASION = "evasion";
    private static final List<Double> STRENGTHS = List.of(0.25, 0.5, 0.75, 1.0);
    private static final Set<String> HIDDEN_ANYWAY = Set.of("mixed", "low-and-slow");

    /**
     * One way to hide.
     *
     * @param name of the evasion or the claims
     * @param strength 0 for none, to 1
     * @param price what it costs beside requests and tokens, in words; empty for nothing
     * @param disguise what changes the work itself
     * @param guise what is claimed
     */
    public record Way(String name, double strength, String price, Disguise disguise, Guise guise) {}

    /**
     * Changes of the work itself, from weak to strong: half a dozen behaviours that ask for different things, and an account
     * that could make 100 requests a day for a month.
     */
    public static Adversary evading(int accountsEach, long seed) {
        List<Way> ways = new ArrayList<>();
        for (Evasion evasion : Evasions.all()) {
            for (double strength : STRENGTHS) {
                ways.add(new Way(
                        evasion.name(), strength, evasion.price(), new Disguise(evasion, strength), Guise.NONE));
            }
        }
        return new Adversary(
                EVASION,
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
                ways);
    }

    /** What can be written for free, each alone and all together: every behaviour, 500 requests in five days. */
    public static Adversary claiming(int accountsEach, long seed) {
        List<Way> ways = ForgedClaims.all().stream()
                .map(claim -> new Way(
                        claim.name(),
                        claim.usualShare(),
                        claim.price(),
                        nothing(),
                        new Guise(List.of(Guise.Part.of(claim)))))
                .collect(Collectors.toCollection(ArrayList::new));
        ways.add(new Way(Guise.ALL, 1, "all of these", nothing(), Guise.all()));
        ways.add(new Way("all-topic", 1, "all of these", nothing(), Guise.allByTopic()));
        return new Adversary(
                CLAIM,
                HostileBehaviours.all().stream()
                        .map(behaviour -> behaviour.kind())
                        .filter(kind -> !HIDDEN_ANYWAY.contains(kind))
                        .toList(),
                accountsEach,
                500,
                Duration.ofDays(5),
                seed,
                ways);
    }

    private static Disguise nothing() {
        return new Disguise(Evasions.all().get(0), 0);
    }

    /** The same with only the ways of some names. */
    public Adversary only(Predicate<String> named) {
        return new Adversary(
                kind,
                behaviours,
                accountsEach,
                requests,
                length,
                seed,
                ways.stream().filter(way -> named.test(way.name())).toList());
    }

    /** All runs: one in which nothing is hidden, then every way. */
    public List<Way> attempts() {
        List<Way> attempts = new ArrayList<>();
        attempts.add(new Way(UNHIDDEN, 0, "", nothing(), Guise.NONE));
        attempts.addAll(ways);
        return attempts;
    }

    /** What the accounts do that hide in a way, but for what they claim. */
    public SimulationPlan plan(Way way) {
        List<PlanGroup> groups = behaviours.stream()
                .map(behaviour -> PlanGroup.of(behaviour, accountsEach, requests, requests)
                        .hiddenBy(way.disguise()))
                .toList();
        return new SimulationPlan("adversary", seed, SimulationPlan.DEFAULT_START, length, groups);
    }

    /** Whether a figure's name is one of those that {@link #figures} gives. */
    public static boolean isFigure(String name) {
        return name.startsWith(CLAIM + ".") || name.startsWith(EVASION + ".");
    }

    /**
     * The figures by name, for floors: of each way, as in {@code claim.stream.detection} or
     * {@code evasion.mixing@0.50.detection}, the shares caught, how much of the unhidden accounts' detection is lost, and the
     * requests until the alert.
     *
     * @param prices of all attempts, in their order
     */
    public Map<String, Double> figures(List<EvasionPrice> prices) {
        Map<String, Double> figures = new TreeMap<>();
        EvasionPrice plain = prices.get(0);
        for (EvasionPrice price : prices) {
            String name = kind + "." + price.hiding()
                    + (kind.equals(EVASION) && price.strength() > 0
                            ? String.format(Locale.ROOT, "@%.2f", price.strength())
                            : "");
            for (Tier tier : Tier.values()) {
                Rate caught = price.caught(tier);
                figures.put(name + ".detection" + tier.suffix(), caught.share().orElseThrow());
                lost(plain.caught(tier), caught).ifPresent(lost -> figures.put(name + ".lost" + tier.suffix(), lost));
                price.requestsUntil(tier)
                        .ifPresent(
                                requests -> figures.put(name + ".requests_median" + tier.suffix(), (double) requests));
                figures.put(name + ".answers_mean" + tier.suffix(), price.answersMean(tier));
            }
        }
        return figures;
    }

    /** The share of those caught without hiding that are not caught with it; below 0 when more are. */
    private static OptionalDouble lost(Rate plain, Rate hidden) {
        return plain.part() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - (double) hidden.part() / plain.part());
    }
}

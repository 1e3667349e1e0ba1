package io.stillwatch.evaluate;

import io.stillwatch.simulate.CampaignPlan;
import io.stillwatch.simulate.Deal;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Template;
import io.stillwatch.simulate.actor.Footing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A campaign that knows what gives campaigns away: the same accounts among the same honest ones, with each family of what
 * they share taken away in turn, alone and together.
 *
 * @param accounts of the campaign, at least 8
 * @param crowd of honest accounts, in multiples of the usual; 1 is about 450 of them
 * @param seed the same seed gives the same traffic but for what is taken away
 * @param ways what is taken away, beside nothing
 */
public record LinkAdversary(int accounts, double crowd, long seed, List<Way> ways) {
    /** Name of the kind, for names of figures. */
    public static final String KIND = "links";

    /** Accounts of the campaign unless said otherwise. */
    public static final int USUAL_ACCOUNTS = 100;

    private static final int LEAST_REQUESTS = 15;
    private static final int MOST_REQUESTS = 30;
    private static final double COVERED = 0.5;
    private static final String CAMPAIGN = "harvest";

    /** What the accounts of a campaign can share. */
    public enum Shared {
        PAYMENTS("payment tokens"),
        NETWORKS("networks"),
        INSTRUCTIONS("instructions"),
        PARAMETERS("parameters"),
        SIGNUPS("time of sign-up"),
        TIMING("pace");

        private final String words;

        Shared(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * What is taken away.
     *
     * @param name for people and figures
     * @param missing what the accounts do not share any more
     * @param covered whether half of what they send is an ordinary user's besides
     * @param deal how the work goes to the accounts
     */
    public record Way(String name, Set<Shared> missing, boolean covered, Deal deal) {
        public Way {
            missing = Set.copyOf(missing);
        }

        /** With work that goes to any account at random. */
        Way(String name, Set<Shared> missing, boolean covered) {
            this(name, missing, covered, Deal.RANDOM);
        }
    }

    public LinkAdversary {
        ways = List.copyOf(ways);
    }

    /** Every family alone and together, down to nothing that is shared but the work. */
    public static LinkAdversary usual(long seed) {
        List<Way> ways = new ArrayList<>();
        for (Shared family : Shared.values()) {
            ways.add(new Way(name(family), EnumSet.of(family), false));
        }
        ways.add(new Way("payments+networks", EnumSet.of(Shared.PAYMENTS, Shared.NETWORKS), false));
        ways.add(new Way("instructions+parameters", EnumSet.of(Shared.INSTRUCTIONS, Shared.PARAMETERS), false));
        for (Shared left : List.of(Shared.PAYMENTS, Shared.NETWORKS, Shared.INSTRUCTIONS, Shared.PARAMETERS)) {
            ways.add(new Way("all-but-" + name(left), EnumSet.complementOf(EnumSet.of(left)), false));
        }
        // What time alone gives away: nothing else is shared.
        ways.add(new Way("all-but-rounds", EnumSet.allOf(Shared.class), false, Deal.BURST));
        ways.add(new Way("all-but-turns", EnumSet.allOf(Shared.class), false, Deal.ROUND_ROBIN));
        ways.add(new Way("all-but-handovers", EnumSet.allOf(Shared.class), false, Deal.IN_TURN));
        ways.add(new Way("all", EnumSet.allOf(Shared.class), false));
        ways.add(new Way("all-covered", EnumSet.allOf(Shared.class), true));
        return new LinkAdversary(USUAL_ACCOUNTS, 1, seed, ways);
    }

    private static String name(Shared family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    /** The same with only the ways of some names. */
    public LinkAdversary only(Predicate<String> named) {
        return new LinkAdversary(
                accounts,
                crowd,
                seed,
                ways.stream().filter(way -> named.test(way.name())).toList());
    }

    /** All runs: one in which all is shared, then every way. */
    public List<Way> attempts() {
        List<Way> attempts = new ArrayList<>();
        attempts.add(new Way(Adversary.UNHIDDEN, Set.of(), false));
        attempts.addAll(ways);
        return attempts;
    }

    /** What a way costs, in words; empty for nothing. */
    public String price(Way way) {
        List<String> prices = new ArrayList<>();
        for (Shared family : Shared.values()) {
            if (way.missing().contains(family)) {
                prices.add(
                        switch (family) {
                            case PAYMENTS -> accounts + " means of payment instead of " + payments();
                            case NETWORKS -> accounts + " networks of homes instead of " + networks();
                            case INSTRUCTIONS -> "nothing: no instructions";
                            case PARAMETERS -> "nothing: a chat client's parameters";
                            case SIGNUPS -> "accounts that are two months old";
                            case TIMING -> "work in a person's hours only";
                        });
            }
        }
        if (way.covered()) {
            prices.add("twice as many requests");
        }
        if (way.deal() != Deal.RANDOM) {
            prices.add("less than at random: work goes to the accounts " + words(way.deal()));
        }
        return String.join("; ", prices);
    }

    private int payments() {
        return Math.max(1, accounts * 8 / 100);
    }

    private int networks() {
        return Math.max(1, accounts / 5);
    }

    /** Three days of the campaign among honest accounts: people, companies, a class, users of one app and of one prompt. */
    public SimulationPlan plan(Way way) {
        List<PlanGroup> groups = new ArrayList<>();
        groups.add(honest("chat-user", 240, 3, 40));
        groups.add(honest("shared-account", 10, 10, 60));
        groups.add(honest("business-chat", 40, 4, 40));
        groups.add(honest("code-assistant", 10, 20, 60));
        groups.add(honest("support-bot", 2, 60, 200));
        groups.add(honest("translation-job", 4, 40, 100));
        groups.add(honest("company", 60, 3, 40));
        groups.add(honest("class", 30, 8, 24));
        groups.add(honest("popular-app", 50, 4, 40));
        groups.add(honest("viral-prompt", 30, 3, 20));
        groups.add(campaign(way));
        return new SimulationPlan("links", seed, SimulationPlan.DEFAULT_START, Duration.ofDays(3), groups);
    }

    private PlanGroup honest(String persona, int usual, int leastRequests, int mostRequests) {
        return PlanGroup.of(persona, Math.max(1, (int) Math.round(usual * crowd)), leastRequests, mostRequests);
    }

    private PlanGroup campaign(Way way) {
        Map<String, Integer> together = new TreeMap<>();
        if (!way.missing().contains(Shared.PAYMENTS)) {
            together.put("payment", payments());
        }
        if (!way.missing().contains(Shared.NETWORKS)) {
            together.put("network", networks());
        }
        int times = way.covered() ? 2 : 1;
        return new PlanGroup(
                "bulk-instruction-harvest",
                accounts,
                new PlanGroup.Range(LEAST_REQUESTS * times, MOST_REQUESTS * times),
                way.covered() ? new PlanGroup.Share(COVERED, COVERED) : PlanGroup.Share.ALL,
                List.of("chat-user"),
                Optional.of(new CampaignPlan(
                        CAMPAIGN,
                        way.deal(),
                        Optional.empty(),
                        way.missing().contains(Shared.INSTRUCTIONS) ? Template.NONE : Template.SHARED,
                        way.missing().contains(Shared.PARAMETERS))),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of(way.missing().contains(Shared.TIMING) ? "human" : "flat"),
                Optional.empty(),
                together,
                Optional.empty(),
                Optional.of(
                        way.missing().contains(Shared.SIGNUPS)
                                ? new PlanGroup.Days(60, 700)
                                : new PlanGroup.Days(0.1, 2)),
                Optional.of(Footing.HOME));
    }

    /** Whether a figure's name is one of those that {@link #figures} gives. */
    public static boolean isFigure(String name) {
        return name.startsWith(KIND + ".");
    }

    /**
     * The figures by name, for floors: of each way, as in {@code links.payments.members}, the share of members named, the
     * share of the campaign's requests made until then, and the honest accounts named; at both tiers.
     */
    public Map<String, Double> figures(List<LinkPrice> prices) {
        Map<String, Double> figures = new TreeMap<>();
        for (LinkPrice price : prices) {
            for (Tier tier : Tier.values()) {
                LinkPrice.Outcome outcome = price.at(tier);
                String name = KIND + "." + price.name() + ".";
                figures.put(name + "members" + tier.suffix(), outcome.recall());
                figures.put(name + "traffic" + tier.suffix(), outcome.trafficBefore());
                figures.put(name + "honest" + tier.suffix(), (double) outcome.honest());
            }
        }
        return figures;
    }

    /** The families that are left, for people; what is left when none is. */
    public static String left(Way way) {
        String left = EnumSet.allOf(Shared.class).stream()
                .filter(family -> !way.missing().contains(family))
                .map(Shared::words)
                .collect(Collectors.joining(", "));
        String shared = left.isEmpty() ? "nothing but the work" : left;
        return way.deal() == Deal.RANDOM ? shared : shared + ", " + words(way.deal());
    }

    private static String words(Deal deal) {
        return switch (deal) {
            case RANDOM -> "at random";
            case ROUND_ROBIN -> "in turn";
            case STICKY -> "some in a row to each";
            case BURST -> "in rounds, one to each within minutes";
            case IN_TURN -> "one after the other, each until it is used up";
        };
    }
}

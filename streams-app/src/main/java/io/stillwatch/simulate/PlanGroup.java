package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Footing;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.evasion.Disguise;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Accounts of one kind.
 *
 * @param kind persona or behaviour, as {@link Kinds} names it
 * @param accounts how many, at least 1
 * @param requests range of the number of requests of an account over the whole time, drawn log-uniformly
 * @param share range of the share of hostile requests in an account, each above 0 and at most 1; hostile kinds only
 * @param cover honest personas one of which makes the other requests of an account whose share is below 1
 * @param campaign present where the accounts work off one queue
 * @param team accounts that share a team, at least 1; absent for what is usual for the kind
 * @param fromDay days after the plan's start at which the group begins, 0 or more
 * @param days how long the group acts; absent for until the plan ends
 * @param timing name of a timing instead of the kind's own; absent for its own
 * @param newAccounts true for accounts made for the purpose days before; absent for a mix usual for the label
 * @param together number of different tokens that the whole group has of a link type, by type
 * @param disguise how the harvest is hidden; hostile kinds only
 * @param signedUp range of days before its begin in which each account was created, 0 or more; absent for what is usual for
 *     the kind
 * @param footing where the requests come from; absent for what is usual for the kind
 */
public record PlanGroup(
        String kind,
        int accounts,
        Range requests,
        Share share,
        List<String> cover,
        Optional<CampaignPlan> campaign,
        Optional<Integer> team,
        double fromDay,
        Optional<Double> days,
        Optional<String> timing,
        Optional<Boolean> newAccounts,
        Map<String, Integer> together,
        Optional<Disguise> disguise,
        Optional<Days> signedUp,
        Optional<Footing> footing) {

    /** Link types that a group may share. */
    static final List<String> LINKS = List.of("network", "payment", "client", "tls", "signup", "country");

    /** Names of the timings. */
    static final List<String> TIMINGS = List.of("human", "office", "service", "bursty", "flat", "batch", "slow");

    private static final int MOST_ACCOUNTS = 5_000_000;
    private static final int MOST_REQUESTS = 5_000_000;

    /** Whole numbers from {@code least} to {@code most}, both included. */
    public record Range(int least, int most) {}

    /** Shares from {@code least} to {@code most}. */
    public record Share(double least, double most) {
        /** Nothing but harvest. */
        public static final Share ALL = new Share(1, 1);
    }

    /** Days from {@code least} to {@code most}. */
    public record Days(double least, double most) {}

    /** A group that hides nothing. */
    public PlanGroup(
            String kind,
            int accounts,
            Range requests,
            Share share,
            List<String> cover,
            Optional<CampaignPlan> campaign,
            Optional<Integer> team,
            double fromDay,
            Optional<Double> days,
            Optional<String> timing,
            Optional<Boolean> newAccounts,
            Map<String, Integer> together) {
        this(
                kind,
                accounts,
                requests,
                share,
                cover,
                campaign,
                team,
                fromDay,
                days,
                timing,
                newAccounts,
                together,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public PlanGroup {
        cover = List.copyOf(cover);
        together = Collections.unmodifiableMap(new TreeMap<>(together));
        Behaviour behaviour = Kinds.named(kind);
        check(accounts >= 1 && accounts <= MOST_ACCOUNTS, "accounts must be 1 to " + MOST_ACCOUNTS);
        check(
                requests.least >= 1 && requests.least <= requests.most && requests.most <= MOST_REQUESTS,
                "requests must be [least, most] with 1 to " + MOST_REQUESTS);
        check(
                share.least > 0 && share.least <= share.most && share.most <= 1,
                "share must be [least, most] with both above 0 and at most 1");
        check(
                behaviour.label() == Label.HOSTILE || (share.equals(Share.ALL) && campaign.isEmpty()),
                "share and campaign are for hostile behaviours only, and " + kind + " is honest");
        check(
                behaviour.label() == Label.HOSTILE || disguise.isEmpty(),
                "evasion is for hostile behaviours only, and " + kind + " is honest");
        check(!cover.isEmpty(), "cover must name at least one honest persona");
        for (String name : cover) {
            check(
                    Kinds.named(name).label() == Label.HONEST,
                    "cover must name honest personas, and " + name + " is hostile");
        }
        check(team.isEmpty() || team.get() >= 1, "team must be 1 or more");
        check(fromDay >= 0, "from_day must be 0 or more");
        check(days.isEmpty() || days.get() >= 0.01, "days must be 0.01 or more");
        check(
                timing.isEmpty() || TIMINGS.contains(timing.get()),
                "timing must be one of " + String.join(", ", TIMINGS));
        check(
                signedUp.isEmpty() || (signedUp.get().least >= 0 && signedUp.get().least <= signedUp.get().most),
                "signed_up must be [least, most] days before the beginning, both 0 or more");
        check(newAccounts.isEmpty() || signedUp.isEmpty(), "new_accounts and signed_up exclude each other");
        together.forEach((type, tokens) -> {
            check(LINKS.contains(type), "together may hold " + String.join(", ", LINKS));
            check(tokens >= 1, "together." + type + " must be 1 or more");
        });
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new PlanException(otherwise + ".");
        }
    }

    /** The share of hostile requests where the plan names none. */
    static Share usualShare(String kind) {
        return kind.equals("mixed") ? new Share(0.1, 0.9) : Share.ALL;
    }

    /** The same group, hidden. */
    public PlanGroup hiddenBy(Disguise newDisguise) {
        return new PlanGroup(
                kind,
                accounts,
                requests,
                share,
                cover,
                campaign,
                team,
                fromDay,
                days,
                timing,
                newAccounts,
                together,
                Optional.of(newDisguise),
                signedUp,
                footing);
    }

    /** A group with nothing out of the ordinary. */
    public static PlanGroup of(String kind, int accounts, int leastRequests, int mostRequests) {
        return new PlanGroup(
                kind,
                accounts,
                new Range(leastRequests, mostRequests),
                usualShare(kind),
                List.of("chat-user"),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}

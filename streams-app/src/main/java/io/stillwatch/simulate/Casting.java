package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Footing;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.actor.Label;
import io.stillwatch.simulate.actor.Place;
import io.stillwatch.simulate.actor.SignUps;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.claim.Guise;
import io.stillwatch.simulate.evasion.Disguise;
import io.stillwatch.simulate.evasion.Play;
import io.stillwatch.simulate.time.Timing;
import java.util.Map;

/** Makes the accounts of a group: traits, age, infrastructure and role, each by its own draws. */
final class Casting {
    private static final double DAY_MS = 86_400_000.0;
    private static final double SITTING_MS = 5_400_000.0;
    private static final long ID_MASK = (1L << 48) - 1;

    private final SimulationPlan plan;
    private final PlanGroup group;
    private final Behaviour behaviour;
    private final int firstNumber;
    private final long seed;
    private final long beginMs;
    private final long spanMs;

    /**
     * For one group.
     *
     * @param plan the plan
     * @param index of the group in the plan, from 0
     * @param firstNumber number of the group's first account among all accounts
     */
    Casting(SimulationPlan plan, int index, int firstNumber) {
        this.plan = plan;
        this.group = plan.groups().get(index);
        this.behaviour = Kinds.named(group.kind());
        this.firstNumber = firstNumber;
        this.seed = Chance.seed(Chance.seed(plan.seed(), "group"), index);
        long startMs = plan.start().toEpochMilli();
        this.beginMs = startMs + (long) (group.fromDay() * DAY_MS);
        long endMs = startMs + plan.length().toMillis();
        long wantedMs = group.days().map(days -> (long) (days * DAY_MS)).orElse(Long.MAX_VALUE);
        this.spanMs = Math.max(60_000, Math.min(endMs - beginMs, wantedMs));
    }

    PlanGroup group() {
        return group;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    long beginMs() {
        return beginMs;
    }

    long spanMs() {
        return spanMs;
    }

    /** Seed of when the group's common work is due and who does it. */
    long queueSeed() {
        return Chance.seed(seed, "queue");
    }

    /** The account of that index in the group, with its role, before it is known what work falls to it. */
    Role role(int index) {
        return role(index, CampaignQueue.Work.NONE);
    }

    /** The account of that index in the group, with its role. */
    Role role(int index, CampaignQueue.Work work) {
        Account account = account(index, work);
        Play play = play(account, index);
        return new Role(
                account,
                play.main(),
                play.cover(),
                play.timing(),
                group.disguise().map(Disguise::guise).orElse(Guise.NONE));
    }

    private Play play(Account account, int index) {
        Actor plain = behaviour.play(account);
        Actor main = group.campaign()
                .map(campaign -> Uniform.worn(campaign, plain, account))
                .orElse(plain);
        Actor cover = main;
        if (behaviour.label() == Label.HOSTILE
                && (group.share().least() < 1 || group.disguise().isPresent())) {
            cover = Kinds.named(account.own("cover").pick(group.cover())).play(account);
        }
        Timing timing = group.timing()
                .map(name -> Timing.named(name, account.place().zoneHours()))
                .orElse(main.timing());
        Play play = new Play(main, cover, timing, plannedShare(index));
        return group.disguise().map(disguise -> disguise.hide(play, account)).orElse(play);
    }

    /** The sessions of the account of that index. */
    Sessions sessions(int index, Role role) {
        return group.campaign().isPresent()
                ? Scheduler.evenSessions(role, requests(index), share(index))
                : Scheduler.sessions(role, requests(index), share(index));
    }

    /** Number of requests that the account makes. */
    private int requests(int index) {
        Chance chance = Chance.of(accountSeed(index), "requests");
        int planned =
                chance.logUniform(group.requests().least(), group.requests().most());
        return group.disguise().isEmpty()
                ? planned
                : (int) Math.max(
                        1,
                        Math.round(planned
                                * play(account(index, CampaignQueue.Work.NONE), index)
                                        .pace()));
    }

    /** Share of them that is to be hostile. */
    private double share(int index) {
        return group.disguise().isEmpty()
                ? plannedShare(index)
                : play(account(index, CampaignQueue.Work.NONE), index).share();
    }

    private double plannedShare(int index) {
        if (behaviour.label() == Label.HONEST) {
            return 0;
        }
        PlanGroup.Share share = group.share();
        return Chance.of(accountSeed(index), "share").between(share.least(), share.most());
    }

    private long accountSeed(int index) {
        return Chance.seed(Chance.seed(seed, "account"), index);
    }

    private Account account(int index, CampaignQueue.Work work) {
        long accountSeed = accountSeed(index);
        int teamSize = group.team().orElse(behaviour.team());
        Footing footing = group.footing().orElse(behaviour.footing());
        long teamSeed = teamSize > 1 ? Chance.seed(Chance.seed(seed, "team"), index / teamSize) : accountSeed;
        Place place = Place.of(Chance.of(teamSize > 1 && footing.onePlace() ? teamSeed : accountSeed, "place"));
        Map<String, String> links = Links.of(plan.seed(), footing, place, accountSeed, teamSeed, seed, group);
        Tenure tenure = tenure(accountSeed, teamSeed, work);
        return new Account(
                id(firstNumber + index),
                accountSeed,
                teamSeed,
                group.campaign().map(this::workSeed).orElseGet(() -> Chance.seed(accountSeed, "queue")),
                teamSize > 1 && footing.organisation() ? "org-" + Hex.of(teamSeed, 10) : null,
                place,
                tenure.createdMs(),
                tenure.beginMs(),
                tenure.spanMs(),
                links);
    }

    /** Seed of what a campaign does, whichever of its groups does it. */
    private long workSeed(CampaignPlan campaign) {
        return Chance.seed(Chance.seed(plan.seed(), "campaign"), campaign.name());
    }

    private record Tenure(long createdMs, long beginMs, long spanMs) {}

    private Tenure tenure(long accountSeed, long teamSeed, CampaignQueue.Work work) {
        Chance age = Chance.of(accountSeed, "age");
        if (work.passing()) {
            return passing(age, work);
        }
        if (group.signedUp().isPresent()) {
            return new Tenure(beginMs - daysMs(signedUp(age)), beginMs, spanMs);
        }
        boolean usual = group.newAccounts().isEmpty();
        if (usual && behaviour.signUps() == SignUps.AT_ONCE) {
            double days = Chance.of(teamSeed, "signed up").between(0.1, 9);
            return new Tenure(beginMs - daysMs(days) + (long) (age.unit() * SITTING_MS), beginMs, spanMs);
        }
        boolean campaign = group.campaign().isPresent();
        boolean fresh = group.newAccounts()
                .orElse(behaviour.label() == Label.HOSTILE && (campaign ? age.is(0.8) : age.is(0.55)));
        if (fresh) {
            return new Tenure(beginMs - daysMs(age.between(0.02, 6)), beginMs, spanMs);
        }
        boolean growing = behaviour.signUps() == SignUps.GROWING;
        if (usual && growing && age.is(0.15)) {
            return new Tenure(beginMs - daysMs(age.between(0.01, 10)), beginMs, spanMs);
        }
        if (usual && behaviour.label() == Label.HONEST && age.is(growing ? 0.2 : 0.07)) {
            // Some honest customers sign up within the simulated time and begin at once.
            long created = beginMs + (long) (age.between(0, 0.7) * spanMs);
            long pauseMs = Math.min((long) age.logNormal(13.5, 1.5), beginMs + spanMs - created - 60_000);
            long from = created + Math.max(0, pauseMs);
            return new Tenure(created, from, Math.max(60_000, beginMs + spanMs - from));
        }
        return new Tenure(beginMs - daysMs(0.5 + age.exponential(230)), beginMs, spanMs);
    }

    /** A member that comes when another is blocked, and goes when it is blocked itself. */
    private Tenure passing(Chance age, CampaignQueue.Work work) {
        long from = work.replaces() ? work.timeMs(0) - (long) (age.between(0, 0.5) * SITTING_MS) : beginMs;
        double days = group.signedUp().isPresent()
                ? signedUp(age)
                : work.replaces() ? age.between(0.003, 0.4) : age.between(0.02, 6);
        return new Tenure(from - daysMs(days), from, Math.max(60_000, work.lastMs() - from + 60_000));
    }

    private double signedUp(Chance age) {
        PlanGroup.Days days = group.signedUp().orElseThrow();
        return age.between(days.least(), days.most());
    }

    private static long daysMs(double days) {
        return (long) (days * DAY_MS);
    }

    /** A scrambled number: different for every account of a plan, and without a trace of its place in the plan. */
    private String id(long number) {
        long value = number;
        for (int round = 0; round < 3; round++) {
            value = (value + Chance.seed(plan.seed(), round)) & ID_MASK;
            value = (value * 0x5851F42D4C957F2DL) & ID_MASK;
            value ^= value >>> 23;
        }
        return "acct-" + Hex.of(value, 12);
    }
}

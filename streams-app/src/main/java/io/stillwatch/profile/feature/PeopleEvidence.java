package io.stillwatch.profile.feature;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.ActiveMinutes;
import io.stillwatch.profile.sketch.Kinship;
import io.stillwatch.profile.sketch.Kinship.Pairs;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.Optional;

/**
 * How strongly the traffic itself shows that people, or one product that people use, stand behind it: a bounded sum of
 * weights of evidence, one for each thing that can be seen without believing a field that the caller writes.
 *
 * <p>Each weight is about the natural logarithm of how many times likelier the observation is of people's traffic than of a
 * script's, cut so that no single one decides: real people who share one key reach 2 to 5, a script's queue -0.5, one that
 * writes made-up end users and turns -2 to -5. The slopes were read off logs of real help channels (Kummerfeld et al. 2019,
 * 2023) and a real chat service's trace (Mooncake), and off shuffled queues; {@code docs/claims.md} has the table. Sums of
 * weights of evidence: Good 1985.
 *
 * @param order neighbours in time are alike, and less so the farther apart: people come in sittings and talks
 * @param users requests of one end user belong together; below 0 where end users are named and do not
 * @param turns the tokens bear out the turns that are claimed; below 0 where they contradict them
 * @param recurrence prompts come again, some far more often than others
 * @param typing prompts open with a small letter, as many do who type by hand
 * @param rest a person's hours and pace
 * @param vouched the operator enrolled the account, and it asks what its enrolment holds; 0 for what looks like known kits
 */
public record PeopleEvidence(
        double order, double users, double turns, double recurrence, double typing, double rest, double vouched) {
    private static final double LEAST_KINSHIP = 0.007;
    private static final double KINSHIP_STEP = 0.005;
    private static final double ERRORS = 2;
    private static final double NEAR_PART = 0.65;
    private static final double NO_ORDER = -0.5;
    private static final double MOST_ORDER = 3;
    private static final long FEWEST_NEAR = 150;

    private static final double MOST_USERS = 1.2;
    private static final double MADE_UP_USERS = -1.5;
    private static final long FEWEST_USER_PAIRS = 16;
    private static final double USER_KINSHIP = 0.05;

    private static final double TURN_SLOPE = 10;
    private static final double MOST_TURNS = 3;
    private static final double CONTRADICTED = 0.15;
    private static final double CONTRADICTED_OF_CLAIMED = 0.2;

    private static final double RECURRENCE_SLOPE = 8;
    private static final double MOST_RECURRENCE = 2.5;
    private static final double EVEN = 0.85;

    private static final double TYPED_FROM = 0.25;
    private static final double TYPED_SLOPE = 2.5;
    private static final double MOST_TYPED = 1.25;

    private static final double REST = 0.75;

    private static final double MOST_VOUCHED = 6;
    private static final double VOUCHED_FROM = 0.3;
    private static final double VOUCHED_FULLY = 0.5;
    private static final double KITS_COVERED = 0.12;
    private static final double KITS_UNCOVERED = 0.2;

    /** Reads the evidence from a profile and the account's whole that it is a part of. */
    static PeopleEvidence of(Subject subject) {
        Profile profile = subject.profile();
        return new PeopleEvidence(
                order(subject),
                users(subject),
                turns(profile),
                recurrence(profile),
                typing(profile),
                rest(subject),
                vouched(subject.comparisons()));
    }

    /** The sum: 0 where nothing is seen either way, above for people, below for claims that the traffic contradicts. */
    public double total() {
        return order + users + turns + recurrence + typing + rest + vouched;
    }

    private static double order(Subject subject) {
        Kinship kinship = subject.profile().kinship();
        if (kinship.pairs(Pairs.NEAR) < FEWEST_NEAR) {
            return 0;
        }
        double beyondChance = orderKinship(subject) - Math.max(LEAST_KINSHIP, ERRORS * orderError(kinship));
        return Double.isNaN(beyondChance) ? 0 : cut(beyondChance / KINSHIP_STEP, NO_ORDER, MOST_ORDER);
    }

    /**
     * How much more alike requests two to twenty apart are than any two, less what is left of that forty and more apart:
     * people's likeness decays, a corpus read in its order stays alike. NaN without pairs.
     */
    static double orderKinship(Subject subject) {
        double near = kinship(subject, Pairs.NEAR);
        double middle = kinship(subject, Pairs.MIDDLE);
        double together = Double.isNaN(middle) ? near : NEAR_PART * near + (1 - NEAR_PART) * middle;
        double far = farKinship(subject);
        return Double.isNaN(far) ? together : together - Math.max(0, far);
    }

    /** What is left of the likeness forty to sixty-three requests apart, beyond chance; NaN without pairs. */
    static double farKinship(Subject subject) {
        return kinship(subject, Pairs.FAR)
                - ERRORS * subject.profile().kinship().error(Pairs.FAR);
    }

    private static double orderError(Kinship kinship) {
        double near = NEAR_PART * kinship.error(Pairs.NEAR);
        double middle = kinship.pairs(Pairs.MIDDLE) == 0 ? 0 : (1 - NEAR_PART) * kinship.error(Pairs.MIDDLE);
        return Math.hypot(near, middle);
    }

    /** Correlation of a class of pairs; NaN where there are none. */
    static double kinship(Subject subject, Pairs pairs) {
        Optional<PromptMean> own = subject.profile().promptMean();
        Optional<PromptMean> whole = subject.whole().promptMean();
        return own.isEmpty() || whole.isEmpty()
                ? Double.NaN
                : subject.profile().kinship().correlation(pairs, own.get(), whole.get());
    }

    private static double users(Subject subject) {
        Kinship kinship = subject.profile().kinship();
        long pairs = kinship.pairs(Pairs.USER);
        double correlation = kinship(subject, Pairs.USER);
        if (pairs < FEWEST_USER_PAIRS || Double.isNaN(correlation)) {
            return 0;
        }
        double errors = correlation / kinship.error(Pairs.USER);
        if (correlation >= USER_KINSHIP && errors >= 2.5) {
            return MOST_USERS;
        }
        boolean surelyLess = correlation + ERRORS * kinship.error(Pairs.USER) < USER_KINSHIP;
        return pairs >= 4 * FEWEST_USER_PAIRS && surelyLess ? MADE_UP_USERS : 0;
    }

    private static double turns(Profile profile) {
        double requests = profile.requests();
        long contradicted = profile.count(Count.CONTRADICTED_TURNS);
        double borneOut = profile.count(Count.BORNE_TURNS) + profile.count(Count.PLAUSIBLE_TURNS) / 2.0;
        double claimed =
                contradicted + profile.count(Count.BORNE_TURNS) + (double) profile.count(Count.PLAUSIBLE_TURNS);
        if (claimed == 0) {
            return 0;
        }
        double against = contradicted / claimed < CONTRADICTED_OF_CLAIMED
                ? 0
                : Math.min(1, contradicted / requests / CONTRADICTED) * MOST_TURNS;
        return Math.min(MOST_TURNS, TURN_SLOPE * borneOut / requests) - against;
    }

    /** Prompts that come again, but for repetitions in a row and for a set that is gone through evenly. */
    private static double recurrence(Profile profile) {
        double novelty = DiversityFeatures.novelty(profile);
        if (Double.isNaN(novelty)
                || profile.prompts().evenness() >= EVEN && profile.prompts().repeatedShare() >= EVEN) {
            return 0;
        }
        double inARow = (double) profile.count(Count.RECENT_REPEATS) / profile.requests();
        return cut(RECURRENCE_SLOPE * (1 - novelty - inARow), 0, MOST_RECURRENCE);
    }

    private static double typing(Profile profile) {
        double prompts = profile.count(Count.WITH_PROMPT);
        return prompts == 0
                ? 0
                : cut(TYPED_SLOPE * (profile.marked(Marker.OPENS_LOWER) / prompts - TYPED_FROM), 0, MOST_TYPED);
    }

    /** A person rests for hours, and sends a few dozen requests in an hour at most. */
    private static double rest(Subject subject) {
        ActiveMinutes active = subject.whole().active();
        boolean slow = subject.whole().requests() <= 24L * active.hours()
                && subject.whole().requests() <= 2L * active.minutes();
        return slow && active.longestPauseHours() >= 5 && active.hoursOfDay() <= 16 ? REST : 0;
    }

    /**
     * The operator's word for what the enrolment explains. Of honest accounts' later traffic an enrolment explained 0.4 and
     * more, of products that turned to a harvest by half 0.42 and less; kits explained 0.14 and more of those, 0.14 and less
     * of the honest ones.
     */
    private static double vouched(Comparisons comparisons) {
        double enrolled = comparisons.get(Comparisons.Kind.ENROLLED);
        if (!(enrolled > VOUCHED_FROM)) {
            return 0;
        }
        double kits = comparisons.get(Comparisons.Kind.KITS);
        if (!(kits < KITS_UNCOVERED)) {
            return 0;
        }
        return MOST_VOUCHED
                * cut((enrolled - VOUCHED_FROM) / (VOUCHED_FULLY - VOUCHED_FROM), 0, 1)
                * cut((KITS_UNCOVERED - kits) / (KITS_UNCOVERED - KITS_COVERED), 0, 1);
    }

    private static double cut(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}

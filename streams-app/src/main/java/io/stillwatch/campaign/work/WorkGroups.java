package io.stillwatch.campaign.work;

import io.stillwatch.fingerprint.Hash64;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups accounts by the work itself: those whose prompts may well come from one source, whatever else they have or have
 * not in common.
 *
 * <p>Pairs are proposed, tied, and what the ties chain together is told apart again ({@link Sources}). Up to
 * {@value #ALL_PAIRS} accounts all pairs are looked at. Beyond, those are that lie near each other in one of some orders by
 * the signs of random projections ({@link Neighbours}; locality-sensitive hashing with sorted keys: Charikar 2002).
 *
 * <p>The outcome depends on the accounts alone, given in a fixed order. From look to look it is kept which pairs of
 * accounts are tied and what became of each chain, so that a look computes only what has to do with accounts that changed.
 * Mutable and not thread-safe.
 */
public final class WorkGroups {
    /** Natural logarithm of the odds from which two accounts are tied. */
    private static final double LIKE = 8;

    /** The same where they share infrastructure, which is as rare as all that among strangers. */
    private static final double LIKE_WITH_INFRASTRUCTURE = 2;

    /** Accounts that an account must be tied with to tie others together (Ester et al. 1996). */
    private static final int LEAST_TIES = 4;

    /** More than so many accounts chained together are not told apart, but tied more narrowly first. */
    private static final int MOST_TOGETHER = 20_000;

    private static final double NARROWER = 1.5;
    private static final int ALL_PAIRS = 1_500;
    private static final int MOST_SHARERS = 24;

    /** Squared error of the work of an account with twenty prompts. */
    private static final double USUAL_NOISE = 0.05;

    private final WorkSpace space;
    private final int leastAccounts;
    private final Neighbours neighbours;
    private int accounts;
    private boolean allPairs;

    /** Ties whatever else is shared: what is kept from look to look. */
    private Ties ofWork = new Ties(0);

    private Int2ObjectOpenHashMap<Chain> chains = new Int2ObjectOpenHashMap<>();

    /** Pairs that are tied, the lower place first. */
    private static final class Ties {
        private final LongArrayList pairs;
        private final FloatArrayList likeness;

        /** @param expected how many there may be, about */
        private Ties(int expected) {
            this.pairs = new LongArrayList(expected);
            this.likeness = new FloatArrayList(expected);
        }

        private void add(int one, int other, double likelihood) {
            pairs.add((long) one << Integer.SIZE | other);
            likeness.add((float) likelihood);
        }

        private Ties copy() {
            Ties copy = new Ties(size());
            copy.pairs.addAll(pairs);
            copy.likeness.addAll(likeness);
            return copy;
        }

        private int size() {
            return pairs.size();
        }

        private int first(int tie) {
            return (int) (pairs.getLong(tie) >>> Integer.SIZE);
        }

        private int second(int tie) {
            return (int) pairs.getLong(tie);
        }
    }

    /** One look: what is tied, each pair once. */
    private final class Tying {
        private final Points points;
        private final Likeness alike;
        private final Ties ties;

        private Tying(Points points, int expected) {
            this.points = points;
            this.alike = new Likeness(points);
            this.ties = new Ties(expected);
        }

        /** Takes a pair that is proposed once only. */
        private void propose(int one, int other) {
            double likelihood = alike.of(one, other);
            if (likelihood >= LIKE) {
                ties.add(one, other, likelihood);
            }
        }

        private void proposeAll(int[] before, boolean knownPairs) {
            for (int one = 0; one < points.accounts(); one++) {
                for (int other = one + 1; other < points.accounts(); other++) {
                    if (!knownPairs || before[one] < 0 || before[other] < 0) {
                        propose(one, other);
                    }
                }
            }
        }

        /** Ties those who share infrastructure where they are not tied without. */
        private void proposeSharing(List<int[]> sharing) {
            LongOpenHashSet seen = new LongOpenHashSet();
            for (int[] sharers : sharing) {
                for (int at = 0; at < sharers.length; at++) {
                    for (int next = at + 1; next < sharers.length && next <= at + MOST_SHARERS; next++) {
                        if (seen.add((long) sharers[at] << Integer.SIZE | sharers[next])) {
                            proposeSharing(sharers[at], sharers[next]);
                        }
                    }
                }
            }
        }

        private void proposeSharing(int one, int other) {
            double likelihood = alike.of(one, other);
            boolean tiedAlready = likelihood >= LIKE && areNear(one, other);
            if (likelihood >= LIKE_WITH_INFRASTRUCTURE && !tiedAlready) {
                ties.add(one, other, likelihood);
            }
        }

        /** Keeps the ties of accounts that have not changed and are proposed still. */
        private void keep(Ties last, int[] now) {
            for (int tie = 0; tie < last.size(); tie++) {
                int one = now[last.first(tie)];
                int other = now[last.second(tie)];
                if (one >= 0 && other >= 0 && areNear(one, other)) {
                    ties.add(one, other, last.likeness.getFloat(tie));
                }
            }
        }

        private boolean areNear(int one, int other) {
            return allPairs || neighbours.near(one, other);
        }

        /** What ties chain together, tied the more narrowly the more there are. */
        private List<int[]> chained(int[] accounts, double least) {
            boolean[] among = new boolean[points.accounts()];
            for (int account : accounts) {
                among[account] = true;
            }
            int[] ofAccount = new int[points.accounts()];
            for (int tie = 0; tie < ties.size(); tie++) {
                if (holds(tie, least, among)) {
                    ofAccount[ties.first(tie)]++;
                    ofAccount[ties.second(tie)]++;
                }
            }
            Components components = new Components(points.accounts());
            for (int tie = 0; tie < ties.size(); tie++) {
                if (holds(tie, least, among)
                        && ofAccount[ties.first(tie)] >= LEAST_TIES
                        && ofAccount[ties.second(tie)] >= LEAST_TIES) {
                    components.join(ties.first(tie), ties.second(tie));
                }
            }
            List<int[]> chained = new ArrayList<>();
            for (int[] together : components.sets(accounts, leastAccounts)) {
                if (together.length <= MOST_TOGETHER) {
                    chained.add(together);
                } else {
                    chained.addAll(chained(together, Math.max(LIKE, least) * NARROWER));
                }
            }
            return chained;
        }

        private boolean holds(int tie, double least, boolean[] among) {
            return ties.likeness.getFloat(tie) >= least && among[ties.first(tie)] && among[ties.second(tie)];
        }
    }

    /** Accounts that ties chain together, and the groups among them. */
    private static final class Chain {
        /** Their places, sorted. */
        private final int[] accounts;

        private final List<int[]> groups;

        private Chain(int[] accounts, List<int[]> groups) {
            this.accounts = accounts;
            this.groups = groups;
        }
    }

    /**
     * Has looked at nothing yet.
     *
     * @param leastAccounts accounts that make a group
     */
    public WorkGroups(WorkSpace space, int leastAccounts) {
        this.space = space;
        this.leastAccounts = leastAccounts;
        this.neighbours = new Neighbours(space);
    }

    /**
     * The groups, each as the sorted places of its accounts in the list, the one with the first account first.
     *
     * @param works the accounts' work, sorted by account
     * @param before for each its place at the last look, ascending; negative where it has changed since or was not there
     * @param sharing sorted places of accounts that share a piece of infrastructure, a list for each piece
     */
    public List<int[]> groups(List<Work> works, int[] before, List<int[]> sharing) {
        int[] now = inverse(before, accounts);
        boolean wereAllPairs = allPairs;
        accounts = works.size();
        allPairs = accounts <= ALL_PAIRS;
        Tying tying = new Tying(new Points(space, works), ofWork.size());
        if (allPairs) {
            neighbours.forget();
            tying.proposeAll(before, wereAllPairs);
        } else {
            neighbours.order(tying.points, before, tying::propose);
        }
        // Where pairs are proposed in another way than at the last look, all are proposed.
        if (wereAllPairs == allPairs) {
            tying.keep(ofWork, now);
        }
        ofWork = tying.ties.copy();
        tying.proposeSharing(sharing);
        return told(tying, before, now);
    }

    /** Where accounts are now that were somewhere; -1 for those that changed or are gone. */
    private static int[] inverse(int[] before, int accounts) {
        int[] now = new int[accounts];
        Arrays.fill(now, -1);
        for (int account = 0; account < before.length; account++) {
            if (before[account] >= 0) {
                now[before[account]] = account;
            }
        }
        return now;
    }

    /** The groups among what ties chain together; where no account of a chain changed and none joined, as before. */
    private List<int[]> told(Tying tying, int[] before, int[] now) {
        List<int[]> groups = new ArrayList<>();
        Int2ObjectOpenHashMap<Chain> next = new Int2ObjectOpenHashMap<>();
        Sources sources = new Sources(tying.points, leastAccounts);
        int[] everybody = new int[accounts];
        Arrays.setAll(everybody, at -> at);
        for (int[] chained : tying.chained(everybody, 0)) {
            Chain known = chains.get(before[chained[0]]);
            List<int[]> here = known != null && isSame(known.accounts, chained, before)
                    ? known.groups.stream()
                            .map(group ->
                                    Arrays.stream(group).map(at -> now[at]).toArray())
                            .toList()
                    : sources.of(chained);
            next.put(chained[0], new Chain(chained, here));
            groups.addAll(here);
        }
        chains = next;
        groups.sort((one, other) -> Integer.compare(one[0], other[0]));
        return groups;
    }

    private static boolean isSame(int[] known, int[] chained, int[] before) {
        boolean same = known.length == chained.length;
        for (int at = 0; same && at < known.length; at++) {
            same = before[chained[at]] == known[at];
        }
        return same;
    }

    /**
     * What most tells the work of a group from others': a hash of the two axes along which it lies farthest out, and on
     * which side; the same while the group grows.
     *
     * @param works of its accounts
     */
    public long mark(List<Work> works) {
        Points points = new Points(space, works);
        int[] group = new int[points.accounts()];
        Arrays.setAll(group, at -> at);
        Source source = Source.of(points, group);
        int[] farthest = {-1, -1};
        double[] far = {-1, -1};
        for (int axis = 0; axis < points.axes(); axis++) {
            double out = Math.abs(source.mean(axis)) / Math.sqrt(points.between(axis) + USUAL_NOISE);
            if (out > far[0]) {
                far[1] = far[0];
                farthest[1] = farthest[0];
                far[0] = out;
                farthest[0] = axis;
            } else if (out > far[1]) {
                far[1] = out;
                farthest[1] = axis;
            }
        }
        long mark = 0;
        for (int axis : farthest) {
            mark = Hash64.finish(mark * 31 + 2L * axis + (source.mean(axis) > 0 ? 2 : 1));
        }
        return mark;
    }
}

package io.stillwatch.campaign.work;

import io.stillwatch.fingerprint.Hash64;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups accounts by the work itself: those whose prompts may well come from one source, whatever else they have or have
 * not in common.
 *
 * <p>Pairs are proposed, tied, and what the ties chain together is told apart again ({@link Sources}). Up to
 * {@value #ALL_PAIRS} accounts all pairs are looked at. Beyond, those are that lie near each other in one of
 * {@value #TABLES} orders by the signs of random projections (locality-sensitive hashing with sorted keys: Charikar 2002):
 * at most {@value #TABLES} times {@value #NEIGHBOURS} an account, however many accounts there are and however alike.
 *
 * <p>The outcome depends on the accounts alone, given in a fixed order.
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
    private static final int TABLES = 16;
    private static final int NEIGHBOURS = 8;
    private static final int MOST_SHARERS = 24;

    /** Squared error of the work of an account with twenty prompts. */
    private static final double USUAL_NOISE = 0.05;

    private final WorkSpace space;
    private final Points points;
    private final Likeness alike;
    private final int leastAccounts;
    private final IntArrayList first = new IntArrayList();
    private final IntArrayList second = new IntArrayList();
    private final LongOpenHashSet proposed = new LongOpenHashSet();
    private final DoubleArrayList likeness = new DoubleArrayList();

    /**
     * Prepares to group.
     *
     * @param works the accounts' work, sorted by account
     * @param leastAccounts accounts that make a group
     */
    public WorkGroups(WorkSpace space, List<Work> works, int leastAccounts) {
        this.space = space;
        this.points = new Points(space, works);
        this.alike = new Likeness(points);
        this.leastAccounts = leastAccounts;
    }

    /**
     * The groups, each as the sorted places of its accounts in the list, the one with the first account first.
     *
     * @param sharing sorted places of accounts that share a piece of infrastructure, a list for each piece
     */
    public List<int[]> groups(List<int[]> sharing) {
        // First, as the lower bar is for these.
        for (int[] sharers : sharing) {
            propose(sharers, MOST_SHARERS, LIKE_WITH_INFRASTRUCTURE);
        }
        if (points.accounts() <= ALL_PAIRS) {
            proposeAll();
        } else {
            for (int table = 0; table < TABLES; table++) {
                propose(new SignKeys(space, table).order(points), NEIGHBOURS, LIKE);
            }
        }
        List<int[]> groups = new ArrayList<>();
        Sources sources = new Sources(points, leastAccounts);
        int[] all = new int[points.accounts()];
        Arrays.setAll(all, at -> at);
        for (int[] chained : chained(all, 0)) {
            groups.addAll(sources.of(chained));
        }
        groups.sort((one, other) -> Integer.compare(one[0], other[0]));
        return groups;
    }

    private void proposeAll() {
        for (int one = 0; one < points.accounts(); one++) {
            for (int other = one + 1; other < points.accounts(); other++) {
                if (!proposed.contains(pair(one, other))) {
                    tie(one, other, LIKE);
                }
            }
        }
    }

    /** Proposes the pairs of accounts that lie near each other in an order. */
    private void propose(int[] order, int near, double least) {
        for (int at = 0; at < order.length; at++) {
            for (int next = at + 1; next < order.length && next <= at + near; next++) {
                int one = Math.min(order[at], order[next]);
                int other = Math.max(order[at], order[next]);
                if (proposed.add(pair(one, other))) {
                    tie(one, other, least);
                }
            }
        }
    }

    private static long pair(int one, int other) {
        return (long) one << Integer.SIZE | other;
    }

    private void tie(int one, int other, double least) {
        double likelihood = alike.of(one, other);
        if (likelihood >= least) {
            first.add(one);
            second.add(other);
            likeness.add(likelihood);
        }
    }

    /** What ties chain together, tied the more narrowly the more there are. */
    private List<int[]> chained(int[] accounts, double least) {
        boolean[] among = new boolean[points.accounts()];
        for (int account : accounts) {
            among[account] = true;
        }
        int[] ties = new int[points.accounts()];
        for (int tie = 0; tie < likeness.size(); tie++) {
            if (holds(tie, least, among)) {
                ties[first.getInt(tie)]++;
                ties[second.getInt(tie)]++;
            }
        }
        Components components = new Components(points.accounts());
        for (int tie = 0; tie < likeness.size(); tie++) {
            if (holds(tie, least, among)
                    && ties[first.getInt(tie)] >= LEAST_TIES
                    && ties[second.getInt(tie)] >= LEAST_TIES) {
                components.join(first.getInt(tie), second.getInt(tie));
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
        return likeness.getDouble(tie) >= least && among[first.getInt(tie)] && among[second.getInt(tie)];
    }

    /**
     * What most tells the work of a group from others': a hash of the two axes along which it lies farthest out, and on
     * which side; the same while the group grows.
     *
     * @param group places of its accounts
     */
    public long mark(int[] group) {
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

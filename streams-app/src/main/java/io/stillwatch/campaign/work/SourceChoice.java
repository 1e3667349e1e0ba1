package io.stillwatch.campaign.work;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which source explains which account best, from round to round: accounts are compared anew with sources whose members
 * changed, and with all where their own did.
 */
final class SourceChoice {
    private final Points points;
    private final int leastAccounts;
    private final int[] accounts;
    private final double[] least;
    private final int[] best;
    private final double[] most;
    private List<int[]> groups;

    /** For each group of the round before its place now; -1 where its members are others now. */
    private int[] unchanged = {};

    private boolean[] changed;

    /**
     * Nothing is chosen yet.
     *
     * @param leastAccounts accounts that make a group
     * @param least for each account the logarithm of the likelihood that a source must reach to explain it
     * @param groups the accounts of each source to begin with
     */
    SourceChoice(Points points, int leastAccounts, int[] accounts, double[] least, List<int[]> groups) {
        this.points = points;
        this.leastAccounts = leastAccounts;
        this.accounts = accounts;
        this.least = least;
        this.groups = groups;
        this.best = new int[accounts.length];
        this.most = new double[accounts.length];
        this.changed = new boolean[groups.size()];
        Arrays.fill(best, -1);
        Arrays.fill(changed, true);
    }

    /** Lets every account choose. */
    void choose() {
        List<Source> sources =
                groups.stream().map(group -> Source.of(points, group)).toList();
        for (int at = 0; at < accounts.length; at++) {
            boolean lost = best[at] >= 0 && unchanged[best[at]] < 0;
            int now = best[at] < 0 || lost ? -1 : unchanged[best[at]];
            double likeliest = now < 0 ? least[at] : most[at];
            for (int source = 0; source < sources.size(); source++) {
                if (lost || changed[source]) {
                    double likelihood = sources.get(source).likelihood(points, accounts[at], likeliest);
                    if (likelihood > likeliest || likelihood == likeliest && source > now) {
                        likeliest = likelihood;
                        now = source;
                    }
                }
            }
            best[at] = now;
            most[at] = likeliest;
        }
    }

    /** The accounts of each source, of those that have enough, which are the groups of the next round. */
    List<int[]> members() {
        List<IntArrayList> members = new ArrayList<>();
        groups.forEach(group -> members.add(new IntArrayList()));
        for (int at = 0; at < accounts.length; at++) {
            if (best[at] >= 0) {
                members.get(best[at]).add(accounts[at]);
            }
        }
        List<int[]> next = new ArrayList<>();
        List<Boolean> others = new ArrayList<>();
        unchanged = new int[groups.size()];
        for (int source = 0; source < unchanged.length; source++) {
            int[] here = members.get(source).toIntArray();
            boolean same = Arrays.equals(here, groups.get(source));
            unchanged[source] = same && here.length >= leastAccounts ? next.size() : -1;
            if (here.length >= leastAccounts) {
                next.add(here);
                others.add(!same);
            }
        }
        changed = new boolean[others.size()];
        for (int source = 0; source < changed.length; source++) {
            changed[source] = others.get(source);
        }
        groups = next;
        return next;
    }
}

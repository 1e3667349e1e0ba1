package io.stillwatch.campaign.work;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    /** For each account the place of the group that it begins in; -1 for none, and after the first round. */
    private final int[] begun;

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
        this.begun = new int[accounts.length];
        Arrays.fill(best, -1);
        Arrays.fill(changed, true);
        int[] place = new int[points.accounts()];
        Arrays.fill(place, -1);
        for (int group = 0; group < groups.size(); group++) {
            for (int account : groups.get(group)) {
                place[account] = group;
            }
        }
        Arrays.setAll(begun, at -> place[accounts[at]]);
    }

    /** Lets every account choose. */
    void choose() {
        List<Source> sources =
                groups.stream().map(group -> Source.of(points, group)).toList();
        int[] all = IntStream.range(0, sources.size()).toArray();
        int[] others = Arrays.stream(all).filter(source -> changed[source]).toArray();
        Screen ofAll = screen(sources, all);
        Screen ofOthers = screen(sources, others);
        for (int at = 0; at < accounts.length; at++) {
            boolean lost = best[at] >= 0 && unchanged[best[at]] < 0;
            int now = best[at] < 0 || lost ? -1 : unchanged[best[at]];
            double likeliest = now < 0 ? least[at] : most[at];
            // The one that most likely explains it is asked first: most others can then be told to be worse at once.
            int asked = begun[at];
            begun[at] = -1;
            if (asked >= 0) {
                double likelihood = sources.get(asked).likelihood(points, accounts[at], likeliest);
                if (likelihood >= likeliest) {
                    likeliest = likelihood;
                    now = asked;
                }
            }
            int[] compared = lost ? all : others;
            Screen screen = lost ? ofAll : ofOthers;
            int passed = screen.compare(
                    points.at(accounts[at]),
                    Source.mostSquares(points, accounts[at], likeliest),
                    points.noise(accounts[at]));
            for (int next = 0; next < passed; next++) {
                int source = compared[screen.passed(next)];
                if (source != asked) {
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

    private Screen screen(List<Source> sources, int[] of) {
        return new Screen(Arrays.stream(of).mapToObj(sources::get).toList(), points.axes());
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

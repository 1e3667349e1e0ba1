package io.stillwatch.campaign.work;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Disjoint sets of slots (union by the smaller root, with path halving: Tarjan and van Leeuwen 1984). */
public final class Components {
    private final int[] parents;
    private final int[] sizes;

    public Components(int size) {
        parents = new int[size];
        sizes = new int[size];
        for (int at = 0; at < size; at++) {
            parents[at] = at;
            sizes[at] = 1;
        }
    }

    /** The smallest slot of the set that a slot is in. */
    public int of(int slot) {
        int at = slot;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    public void join(int one, int other) {
        int first = of(one);
        int second = of(other);
        if (first == second) {
            return;
        }
        int root = Math.min(first, second);
        int child = Math.max(first, second);
        parents[child] = root;
        sizes[root] += sizes[child];
    }

    /** Slots of the set with a root. */
    public int size(int root) {
        return sizes[root];
    }

    /**
     * The sets among some slots.
     *
     * @param slots in any order, which the slots of a set keep
     * @param least slots that a set must have
     */
    List<int[]> sets(int[] slots, int least) {
        Map<Integer, IntArrayList> bySet = new LinkedHashMap<>();
        for (int slot : slots) {
            if (size(of(slot)) >= least) {
                bySet.computeIfAbsent(of(slot), unused -> new IntArrayList()).add(slot);
            }
        }
        return bySet.values().stream()
                .filter(set -> set.size() >= least)
                .map(IntArrayList::toIntArray)
                .toList();
    }
}

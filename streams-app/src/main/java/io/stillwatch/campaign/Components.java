package io.stillwatch.campaign;

/** Disjoint sets of slots (union by the smaller root, with path halving: Tarjan and van Leeuwen 1984). */
final class Components {
    private final int[] parents;
    private final int[] sizes;

    Components(int size) {
        parents = new int[size];
        sizes = new int[size];
        for (int at = 0; at < size; at++) {
            parents[at] = at;
            sizes[at] = 1;
        }
    }

    /** The smallest slot of the set that a slot is in. */
    int of(int slot) {
        int at = slot;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    void join(int one, int other) {
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
    int size(int root) {
        return sizes[root];
    }
}

package io.stillwatch.topology;

import io.stillwatch.profile.Profile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One account as it lies in the write-back cache: its state, the panes and event ids in use, and the merges of closed
 * panes that its windows are made of.
 */
final class AccountEntry {
    private static final int HOUR_PANES_KEPT = 2;

    final String account;
    final AccountState state;

    /** Panes decoded; hours in {@code dirtyPanes} differ from the store. */
    final TreeMap<Long, Profile> panes = new TreeMap<>();

    final Set<Long> dirtyPanes = new TreeSet<>();
    final TreeMap<Long, SeenIds> seen = new TreeMap<>();
    final Set<Long> dirtySeen = new TreeSet<>();

    /** Merge of the closed panes of a window, by its length in hours; all end before {@link #mergedBefore}. */
    final Map<Integer, Profile> merged = new HashMap<>();

    long mergedBefore = Long.MIN_VALUE;

    AccountEntry(String account, AccountState state) {
        this.account = account;
        this.state = state;
    }

    /** Lets go of what only old hours need; dirty parts stay until they are flushed. */
    void forgetBefore(long hour) {
        forget(panes.keySet().iterator(), dirtyPanes, hour - HOUR_PANES_KEPT);
        forget(seen.keySet().iterator(), dirtySeen, hour - HOUR_PANES_KEPT);
    }

    private static void forget(Iterator<Long> hours, Set<Long> dirty, long before) {
        while (hours.hasNext()) {
            long hour = hours.next();
            if (hour >= before) {
                return;
            }
            if (!dirty.contains(hour)) {
                hours.remove();
            }
        }
    }

    /** A rough estimate of the heap taken, in bytes, from the sizes of the arrays in a profile; not measured. */
    long approximateBytes() {
        long ids = 0;
        for (SeenIds hour : seen.values()) {
            ids += hour.size() * 10L;
        }
        return 600 + 6_000L * (panes.size() + merged.size()) + ids;
    }
}

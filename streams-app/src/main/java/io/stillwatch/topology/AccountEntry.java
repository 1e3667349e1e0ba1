package io.stillwatch.topology;

import io.stillwatch.profile.CorruptStateException;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.ProfileCodec;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One account as it lies in the write-back cache: its state, the panes and event ids in use, and the merges of closed
 * panes that its windows are made of.
 *
 * <p>The stored record holds what most events of an account need, so one read and one write serve them: the state, the
 * newest pane, and the newest event ids.
 *
 * <pre>
 *  byte 0     version (now 2)
 *  state      see AccountState
 *  pane       length, then the newest hour pane; length 0 when there is none
 *  ids        number of hours, then for each: the hour, its event ids (see SeenIds)
 * </pre>
 */
final class AccountEntry {
    private static final int VERSION = 2;
    private static final int HOURS_KEPT = 2;

    /** Event ids are looked up in an event's own hour and the one before; so it takes three hours to cover the grace. */
    private static final int SEEN_HOURS = 3;

    /** With stamps from all over, an account could make any number of hours. */
    private static final int MOST_SEEN_HOURS = 8;

    final String account;
    final AccountState state;

    /** Hour panes decoded; those in {@code dirtyHours} differ from the store. */
    final TreeMap<Long, Profile> hours = new TreeMap<>();

    final Set<Long> dirtyHours = new TreeSet<>();

    /** Day panes that late events changed. */
    final TreeMap<Long, Profile> dirtyDays = new TreeMap<>();

    final TreeMap<Long, SeenIds> seen = new TreeMap<>();

    /** Hours of {@link #seen} whose stored chunks are still to be loaded. */
    final Set<Long> unloaded = new TreeSet<>();

    /** Merge of the closed panes of a window, by its first hour; all end before {@link #closedBefore}. */
    final Map<Long, Profile> closed = new HashMap<>();

    long closedBefore = Long.MIN_VALUE;

    /** Merge of whole days, by the first; all end before the day of {@link #closedBefore}. */
    final Map<Long, Profile> closedDays = new HashMap<>();

    /** What this entry was last taken for in the cache's sum. */
    long weighedBytes;

    boolean touched;

    private AccountEntry(String account, AccountState state) {
        this.account = account;
        this.state = state;
    }

    static AccountEntry fresh(String account) {
        return new AccountEntry(account, new AccountState());
    }

    /** The hour of the pane that lies in the account's record; there must be a pane. */
    long newestHour() {
        return state.hours.last();
    }

    /** Takes the merges back, as a pane in them has changed. */
    void forgetMerges() {
        closed.clear();
        closedDays.clear();
        closedBefore = Long.MIN_VALUE;
    }

    /** Lets go of everything that can be read or made again; called with everything written. */
    void slim() {
        forgetMerges();
        if (!state.hours.isEmpty()) {
            hours.headMap(newestHour() - HOURS_KEPT).clear();
        }
    }

    /**
     * Lets go of event ids that no event within the grace can repeat.
     *
     * @return ids that had to go although one could
     */
    int forgetIds() {
        int forgotten = 0;
        while (!seen.isEmpty() && seen.firstKey() < state.currentHour - SEEN_HOURS + 1) {
            unloaded.remove(seen.pollFirstEntry().getKey());
        }
        while (seen.size() > MOST_SEEN_HOURS) {
            Map.Entry<Long, SeenIds> farthest =
                    seen.lastKey() > state.currentHour ? seen.pollLastEntry() : seen.pollFirstEntry();
            unloaded.remove(farthest.getKey());
            forgotten += farthest.getValue().size();
        }
        return forgotten;
    }

    byte[] encode(StateWriter out) {
        out.reset();
        out.writeByte(VERSION);
        state.write(out);
        if (state.hours.isEmpty()) {
            out.writeUnsigned(0);
        } else {
            byte[] pane = ProfileCodec.encode(hours.get(newestHour()));
            out.writeUnsigned(pane.length);
            out.writeBytes(pane);
        }
        out.writeUnsigned(seen.size());
        seen.forEach((hour, ids) -> {
            out.writeSigned(hour);
            ids.write(out);
        });
        return out.toByteArray();
    }

    static AccountEntry decode(String account, byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptStateException("the account record has version " + version + "; this release reads "
                    + VERSION + ": delete the state directory and replay, or run the release that wrote it");
        }
        AccountEntry entry = new AccountEntry(account, AccountState.read(in));
        int pane = in.readCount(bytes.length);
        if (pane > 0) {
            entry.hours.put(entry.newestHour(), ProfileCodec.decode(in.readBytes(pane)));
        }
        int count = in.readCount(MOST_SEEN_HOURS);
        for (int at = 0; at < count; at++) {
            long hour = in.readSigned();
            SeenIds ids = SeenIds.read(in);
            entry.seen.put(hour, ids);
            if (ids.chunks() > 0) {
                entry.unloaded.add(hour);
            }
        }
        return entry;
    }

    /** An estimate of the heap taken, in bytes, from the sizes of the arrays; not measured. */
    long approximateBytes() {
        long bytes = 600 + state.approximateBytes();
        for (Profile pane : hours.values()) {
            bytes += pane.approximateBytes();
        }
        for (Profile pane : closed.values()) {
            bytes += pane.approximateBytes();
        }
        for (Profile pane : closedDays.values()) {
            bytes += pane.approximateBytes();
        }
        for (SeenIds ids : seen.values()) {
            bytes += ids.approximateBytes();
        }
        return bytes;
    }
}

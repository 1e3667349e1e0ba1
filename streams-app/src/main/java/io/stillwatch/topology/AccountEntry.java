package io.stillwatch.topology;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * One account as it lies in the write-back cache: its state, the panes and event ids in use, and the merges of closed
 * panes that its windows are made of.
 *
 * <p>The stored record holds what most events of an account need, so one read and one write serve them: the state, the
 * newest pane, and the newest event ids.
 *
 * <pre>
 *  byte 0     version (now 7; 6 kept no newest requests, 5 forgot closed alerts and knew no allowlist, 4 neither link keys nor levels of days, 3 no
 *             shadow findings, 2 no baseline of the account's own either; none of these was released)
 *  state      see AccountState
 *  pane       1, then the newest hour pane; or 0
 *  ids        number of hours, then for each: the hour, its event ids (see SeenIds)
 * </pre>
 */
final class AccountEntry {
    private static final int VERSION = 7;
    private static final int OLDEST_VERSION = 7;
    private static final int HOURS_KEPT = 2;

    /** Event ids are looked up in an event's own hour and the one before; so it takes three hours to cover the grace. */
    private static final int SEEN_HOURS = 3;

    /** With stamps from all over, an account could make any number of hours. */
    private static final int MOST_SEEN_HOURS = 8;

    /** The entry, its maps and its place in the cache. */
    private static final long EMPTY_BYTES = 900;

    final String account;
    final AccountState state;

    /** Hour panes decoded. */
    final HourMap<StrandedProfile> hours = new HourMap<>();

    /** Hour panes that differ from the pane store; the newest one is not there. */
    final HourMap<StrandedProfile> dirtyHours = new HourMap<>();

    /** Day panes that late events changed, by day. */
    final HourMap<StrandedProfile> dirtyDays = new HourMap<>();

    final HourMap<SeenIds> seen = new HourMap<>();

    /** Merge of the closed panes of a window, by its first hour; all end before {@link #closedBefore}. */
    final HourMap<StrandedProfile> closed = new HourMap<>();

    long closedBefore = Long.MIN_VALUE;

    /** Merge of whole days, by the first; all end before the day of {@link #closedBefore}. */
    final HourMap<StrandedProfile> closedDays = new HourMap<>();

    /** The account's part of an even spread, 64 bits. */
    final long hash;

    /** What this entry was last taken for in the cache's sum. */
    long weighedBytes;

    /** Where it is in the cache's ring. */
    int place;

    /** Whether it was used since the cache last thought of evicting it. */
    boolean used;

    boolean touched;

    private AccountEntry(String account, AccountState state) {
        this.account = account;
        this.state = state;
        this.hash = Hash64.of(account);
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
            long first = newestHour() - HOURS_KEPT;
            hours.removeIf(hour -> hour < first);
        }
    }

    /** Whether it has as many hours as its record can hold. */
    boolean isCrowded() {
        return seen.size() >= MOST_SEEN_HOURS || state.hours.size() > AccountStore.MOST_HOURS;
    }

    /**
     * Lets go of event ids that no event within the grace can repeat, and makes room for another hour.
     *
     * @param reached hour that others' time has reached as well: what is late for an account is judged by that, so while it
     *     runs ahead of all others its older events are still let in, and known again as long as there is room
     * @return ids that had to go although one could repeat them within the grace of the account's own clock
     */
    int forgetIds(long reached) {
        while (seen.size() > 0 && seen.firstHour() < reached - SEEN_HOURS + 1) {
            seen.removeFirst();
        }
        int forgotten = 0;
        while (seen.size() >= MOST_SEEN_HOURS) {
            if (seen.firstHour() < state.currentHour - SEEN_HOURS + 1) {
                seen.removeFirst();
            } else {
                SeenIds farthest = seen.lastHour() > state.currentHour ? seen.removeLast() : seen.removeFirst();
                forgotten += farthest.size();
            }
        }
        return forgotten;
    }

    byte[] encode(StateWriter out) {
        out.reset();
        out.writeByte(VERSION);
        state.write(out);
        if (state.hours.isEmpty()) {
            out.writeByte(0);
        } else {
            out.writeByte(1);
            StrandedProfileCodec.write(hours.get(newestHour()), out);
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
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new CorruptStateException(
                    "the account record has version " + version + "; this release reads " + OLDEST_VERSION + " to "
                            + VERSION + ": delete the state directory and replay, or run the release that wrote it");
        }
        AccountEntry entry = new AccountEntry(account, AccountState.read(in, version));
        if (in.readByte() == 1) {
            entry.hours.put(entry.newestHour(), StrandedProfileCodec.read(in));
        }
        int count = in.readCount(MOST_SEEN_HOURS);
        for (int at = 0; at < count; at++) {
            long hour = in.readSigned();
            entry.seen.put(hour, SeenIds.read(in));
        }
        return entry;
    }

    /** An estimate of the heap taken, in bytes, from the sizes of the arrays; not measured. */
    long approximateBytes() {
        Weight weight = new Weight();
        hours.forEach((hour, pane) -> weight.bytes += pane.approximateBytes());
        closed.forEach((hour, pane) -> weight.bytes += pane.approximateBytes());
        closedDays.forEach((day, pane) -> weight.bytes += pane.approximateBytes());
        seen.forEach((hour, ids) -> weight.bytes += ids.approximateBytes());
        return weight.bytes + state.approximateBytes();
    }

    private static final class Weight {
        private long bytes = EMPTY_BYTES;
    }
}

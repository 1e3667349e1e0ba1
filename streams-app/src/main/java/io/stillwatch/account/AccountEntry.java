package io.stillwatch.account;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.StrandedProfile;
import java.util.Objects;

/**
 * One account as it lies in the write-back cache: its state, the panes and event ids in use, and the merges of closed
 * panes that its windows are made of.
 *
 * <p>The stored record ({@link AccountCodec}) holds what most events of an account need, so one read and one write serve
 * them: the state, the newest pane, and the newest event ids.
 */
public final class AccountEntry {
    private static final int HOURS_KEPT = 2;

    /** Event ids are looked up in an event's own hour and the one before; so it takes three hours to cover the grace. */
    private static final int SEEN_HOURS = 3;

    /** With stamps from all over, an account could make any number of hours. */
    static final int MOST_SEEN_HOURS = 8;

    /** The entry, its maps and its place in the cache. */
    private static final long EMPTY_BYTES = 900;

    public final String account;
    public final AccountState state;

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
    public long weighedBytes;

    /** How often it was opened. */
    public int opened;

    /** Where it is in the cache's ring. */
    public int place;

    /** Whether it was used since the cache last thought of evicting it. */
    public boolean used;

    public boolean touched;

    /** The partition's hour at which it was last made sure that all its panes are on shelves still. */
    long shelvesSeenAtHour = Long.MIN_VALUE;

    AccountEntry(String account, AccountState state) {
        this.account = account;
        this.state = state;
        this.hash = Hash64.of(account);
    }

    public static AccountEntry fresh(String account) {
        return new AccountEntry(account, new AccountState());
    }

    /** The hour of the pane that lies in the account's record; there must be a pane. */
    long newestHour() {
        return state.hours.last();
    }

    /** That pane, which is always in memory; there must be a pane. */
    StrandedProfile newestPane() {
        return Objects.requireNonNull(hours.get(newestHour()));
    }

    /** Takes the merges back, as a pane in them has changed. */
    void forgetMerges() {
        closed.clear();
        closedDays.clear();
        closedBefore = Long.MIN_VALUE;
    }

    /** Lets go of everything that can be read or made again; called with everything written. */
    public void slim() {
        forgetMerges();
        if (!state.hours.isEmpty()) {
            long first = newestHour() - HOURS_KEPT;
            hours.removeIf(hour -> hour < first);
        }
    }

    /** Whether it has as many hours as its record can hold. */
    boolean isCrowded() {
        return seen.size() >= MOST_SEEN_HOURS || state.hours.size() > PaneTimeline.MOST_HOURS;
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

    /** An estimate of the heap taken, in bytes, from the sizes of the arrays; not measured. */
    public long approximateBytes() {
        Weight weight = new Weight();
        hours.forEach((hour, pane) -> weight.bytes += pane.approximateBytes());
        closed.forEach((hour, pane) -> weight.bytes += pane.approximateBytes());
        closedDays.forEach((day, pane) -> weight.bytes += pane.approximateBytes());
        dirtyDays.forEach((day, pane) -> weight.bytes += pane.approximateBytes());
        seen.forEach((hour, ids) -> weight.bytes += ids.approximateBytes());
        return weight.bytes + state.approximateBytes();
    }

    private static final class Weight {
        private long bytes = EMPTY_BYTES;
    }
}

package io.stillwatch.account;

import io.stillwatch.baseline.Stretch;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The panes of a partition's accounts, by event time: which pane a request belongs to, what windows are merged of, when
 * hours become days, and what is forgotten.
 *
 * <p>A pane is in one of four places: in the account's entry while it is in use; in the account's record, where there is
 * room for the newest one; among the entry's changed ones until the next {@link #write}; and on the {@link PaneShelf}. The
 * account's {@link PaneIndex} knows of each that counts, so what is in none of them is in no window.
 */
public final class PaneTimeline {
    /** Never changed. */
    private static final StrandedProfile NOTHING = new StrandedProfile();

    private static final int HOURS_A_DAY = 24;

    /** Hour panes an account may have before the oldest go, whatever the partition's clock says. */
    static final int MOST_HOURS = 96;

    private static final int MOST_DAYS = 40;

    /** A month: how much longer than others' a pane lies on the shelf whose account runs ahead of them. */
    private static final long MOST_HOURS_AHEAD = 31 * HOURS_A_DAY;

    private final PaneShelf shelf;
    private DayClosed dayClosed = (entry, day, profile) -> {};

    public PaneTimeline(PaneShelf shelf) {
        this.shelf = shelf;
    }

    /** What is done once with an account's day when it is over. */
    @FunctionalInterface
    public interface DayClosed {
        /** Called with the day's profile, not to be changed; days since 1970. */
        void closed(AccountEntry entry, long day, StrandedProfile profile);
    }

    /** Names who is told of days that are over. */
    public void onDayClosed(DayClosed listener) {
        dayClosed = listener;
    }

    /**
     * The account's pane of an hour, made when there is none yet; the caller changes it. A pane of a day that is a day pane
     * already is changed there as well: see {@link #dayPaneToChange}.
     *
     * @param requests that the caller is about to add
     */
    StrandedProfile paneToChange(AccountEntry entry, long hour, long requests) {
        AccountState state = entry.state;
        StrandedProfile pane = entry.hours.get(hour);
        if (pane == null) {
            pane = stored(hourPlace(entry, hour));
            if (!state.hours.isEmpty() && hour > entry.newestHour()) {
                // The record has room for the newest pane only; the one before moves to the shelf.
                entry.dirtyHours.put(entry.newestHour(), entry.newestPane());
            }
            entry.hours.put(hour, pane);
        }
        state.hours.add(hour, requests);
        if (hour < entry.newestHour()) {
            entry.dirtyHours.put(hour, pane);
        }
        if (hour < entry.closedBefore) {
            if (EventTime.dayOf(hour) < EventTime.dayOf(entry.closedBefore)) {
                entry.forgetMerges();
            } else {
                entry.closed.clear();
            }
        }
        return pane;
    }

    /** The day pane that a late event belongs to as well; the caller changes it. */
    StrandedProfile dayPaneToChange(AccountEntry entry, long day, long requests) {
        StrandedProfile pane = entry.dirtyDays.get(day);
        if (pane == null) {
            pane = stored(dayPlace(entry, day));
            entry.dirtyDays.put(day, pane);
        }
        entry.state.days.add(day, requests);
        entry.closedDays.clear();
        return pane;
    }

    private StrandedProfile hourPane(AccountEntry entry, long hour) {
        StrandedProfile pane = entry.hours.get(hour);
        return pane != null ? pane : stored(hourPlace(entry, hour));
    }

    private static PaneShelf.@Nullable Place hourPlace(AccountEntry entry, long hour) {
        long shelf = entry.state.hours.shelf(hour);
        return shelf == PaneIndex.NOWHERE ? null : PaneShelf.Place.hour(shelf, hour, entry.account);
    }

    private static PaneShelf.@Nullable Place dayPlace(AccountEntry entry, long day) {
        long shelf = entry.state.days.shelf(day);
        return shelf == PaneIndex.NOWHERE ? null : PaneShelf.Place.day(shelf, day, entry.account);
    }

    private StrandedProfile stored(PaneShelf.@Nullable Place place) {
        return place == null
                ? new StrandedProfile()
                : shelf.get(place).map(StrandedProfileCodec::decode).orElseGet(StrandedProfile::new);
    }

    /** The event ids of an hour, or null when there are none. */
    @Nullable
    SeenIds seen(AccountEntry entry, long hour) {
        SeenIds ids = entry.seen.get(hour);
        while (ids != null && ids.chunksLoaded() < ids.chunks()) {
            shelf.get(PaneShelf.Place.ids(ids.shelf(), hour, ids.chunksLoaded(), entry.account))
                    .ifPresentOrElse(ids::load, ids::skip);
        }
        return ids;
    }

    /** The event ids of an hour, made when there are none. */
    SeenIds seenToChange(AccountEntry entry, long hour) {
        SeenIds ids = seen(entry, hour);
        if (ids == null) {
            ids = new SeenIds();
            entry.seen.put(hour, ids);
        }
        return ids;
    }

    /**
     * The account's profile over hours.
     *
     * <p>The closed panes are merged once an hour, so this costs one merge, and none while all requests lie in one pane.
     * Windows that begin before the account's first pane are one and the same merge, so what is merged is known by the
     * first pane in it. The profile is not to be changed, and good for as long as the account's panes are not.
     *
     * @param from first hour, inclusive
     * @param to last hour, inclusive; its pane is open
     */
    StrandedProfile hours(AccountEntry entry, long from, long to) {
        StrandedProfile open = hourPane(entry, to);
        long first = entry.state.hours.firstFrom(from);
        if (first == PaneIndex.NOWHERE || first >= to) {
            return StrandedProfile.union(NOTHING, open);
        }
        expectMergesBefore(entry, to);
        StrandedProfile closed = entry.closed.get(first);
        if (closed == null) {
            closed = mergedHours(entry, first, to - 1);
            entry.closed.put(first, closed);
        }
        return StrandedProfile.union(closed, open);
    }

    /**
     * The account's profile over whole days and the hours of the last one; as for {@link #hours}, not to be changed.
     *
     * @param from first day, inclusive
     * @param to last hour, inclusive; its pane is open
     */
    StrandedProfile days(AccountEntry entry, long from, long to) {
        long today = EventTime.dayOf(to);
        StrandedProfile soFar = hours(entry, today * HOURS_A_DAY, to);
        long first = firstDay(entry, from);
        if (first == PaneIndex.NOWHERE || first >= today) {
            return soFar;
        }
        expectMergesBefore(entry, to);
        StrandedProfile closed = entry.closedDays.get(first);
        if (closed == null) {
            closed = mergedDays(entry, first, today - 1);
            entry.closedDays.put(first, closed);
        }
        return StrandedProfile.union(closed, soFar);
    }

    /** The first day from one on of which there are requests, rolled or not; {@link PaneIndex#NOWHERE} when there is none. */
    private static long firstDay(AccountEntry entry, long from) {
        AccountState state = entry.state;
        long rolled = state.days.firstFrom(from);
        long hour = state.hours.firstFrom(Math.max(from, state.rolledBefore) * HOURS_A_DAY);
        if (hour == PaneIndex.NOWHERE) {
            return rolled;
        }
        long unrolled = EventTime.dayOf(hour);
        return rolled == PaneIndex.NOWHERE ? unrolled : Math.min(rolled, unrolled);
    }

    /**
     * All panes of the account up to an hour, in the order of time: days that are over as a whole, whether rolled or
     * not, and the hours of the last one.
     *
     * @param to last hour, inclusive
     */
    List<Profile> panes(AccountEntry entry, long to) {
        long today = EventTime.dayOf(to);
        SortedSet<Long> over = new TreeSet<>();
        for (long day : entry.state.days.between(Long.MIN_VALUE, today - 1)) {
            over.add(day);
        }
        for (long hour : entry.state.hours.between(Long.MIN_VALUE, today * HOURS_A_DAY - 1)) {
            over.add(EventTime.dayOf(hour));
        }
        List<Profile> profiles = new ArrayList<>();
        over.forEach(day -> profiles.add(mergedDays(entry, day, day).whole()));
        for (long hour : entry.state.hours.between(today * HOURS_A_DAY, to)) {
            profiles.add(hourPane(entry, hour).whole());
        }
        return profiles;
    }

    /**
     * All that is known of the account from an hour to another, in the order of time: by hours where a day's are all there,
     * else by whole days that begin within it.
     *
     * @param from first hour, inclusive
     * @param to last hour, inclusive
     */
    List<Stretch> stretches(AccountEntry entry, long from, long to) {
        AccountState state = entry.state;
        SortedSet<Long> all = new TreeSet<>();
        for (long day : state.days.between(EventTime.dayOf(from), EventTime.dayOf(to))) {
            all.add(day);
        }
        for (long hour : state.hours.between(from, to)) {
            all.add(EventTime.dayOf(hour));
        }
        List<Stretch> stretches = new ArrayList<>();
        for (long day : all) {
            long firstHour = day * HOURS_A_DAY;
            long lastHour = firstHour + HOURS_A_DAY - 1;
            if (state.hours.requests(firstHour, lastHour) >= state.days.requests(day, day)) {
                for (long hour : state.hours.between(Math.max(from, firstHour), Math.min(to, lastHour))) {
                    stretches.add(new Stretch(
                            hour * EventTime.HOUR_MS,
                            false,
                            hourPane(entry, hour).whole()));
                }
            } else if (firstHour >= from) {
                stretches.add(new Stretch(
                        firstHour * EventTime.HOUR_MS,
                        true,
                        mergedDays(entry, day, day).whole()));
            }
        }
        return stretches;
    }

    /** Requests in a window as {@link #days} makes it, without making it. */
    static long requestsInDays(AccountEntry entry, long from, long to) {
        AccountState state = entry.state;
        long byHours = Math.max(from, Math.min(state.rolledBefore, EventTime.dayOf(to)));
        return state.days.requests(from, byHours - 1) + state.hours.requests(byHours * HOURS_A_DAY, to);
    }

    private static void expectMergesBefore(AccountEntry entry, long hour) {
        if (entry.closedBefore != hour) {
            entry.closed.clear();
            if (entry.closedBefore == Long.MIN_VALUE || EventTime.dayOf(entry.closedBefore) != EventTime.dayOf(hour)) {
                entry.closedDays.clear();
            }
            entry.closedBefore = hour;
        }
    }

    private StrandedProfile mergedHours(AccountEntry entry, long from, long to) {
        StrandedProfile merged = new StrandedProfile();
        List<PaneShelf.Place> places = new ArrayList<>();
        for (long hour : entry.state.hours.between(from, to)) {
            StrandedProfile pane = entry.hours.get(hour);
            if (pane != null) {
                merged.merge(pane);
            } else {
                places.add(hourPlace(entry, hour));
            }
        }
        mergeStored(merged, places);
        return merged;
    }

    private StrandedProfile mergedDays(AccountEntry entry, long from, long to) {
        StrandedProfile merged = new StrandedProfile();
        List<PaneShelf.Place> places = new ArrayList<>();
        for (long day : entry.state.days.between(from, to)) {
            StrandedProfile pane = entry.dirtyDays.get(day);
            if (pane != null) {
                merged.merge(pane);
            } else {
                places.add(dayPlace(entry, day));
            }
        }
        mergeStored(merged, places);
        // Days that are over but not rolled yet are in their hours.
        long unrolled = Math.max(from, entry.state.rolledBefore);
        if (unrolled <= to) {
            merged.merge(mergedHours(entry, unrolled * HOURS_A_DAY, (to + 1) * HOURS_A_DAY - 1));
        }
        return merged;
    }

    private void mergeStored(StrandedProfile into, List<PaneShelf.Place> places) {
        if (!places.isEmpty()) {
            shelf.getAll(places).stream()
                    .filter(Objects::nonNull)
                    .map(StrandedProfileCodec::decode)
                    .forEach(into::merge);
        }
    }

    /** Makes day panes of the hours of all days before one that have none yet. */
    void roll(AccountEntry entry, long beforeDay) {
        AccountState state = entry.state;
        if (state.rolledBefore >= beforeDay) {
            return;
        }
        long[] unrolled = state.hours.between(firstUnrolledHour(entry), beforeDay * HOURS_A_DAY - 1);
        for (int at = 0; at < unrolled.length; ) {
            long day = EventTime.dayOf(unrolled[at]);
            long lastHour = (day + 1) * HOURS_A_DAY - 1;
            StrandedProfile pane = mergedHours(entry, day * HOURS_A_DAY, lastHour);
            entry.dirtyDays.put(day, pane);
            dayClosed.closed(entry, day, pane);
            state.days.add(day, state.hours.requests(day * HOURS_A_DAY, lastHour));
            while (at < unrolled.length && unrolled[at] <= lastHour) {
                at++;
            }
        }
        state.rolledBefore = beforeDay;
        entry.closedDays.clear();
    }

    /** Forgets the panes before an hour and a day; what lies on the shelf is dropped there. */
    void dropBefore(AccountEntry entry, long hour, long day) {
        AccountState state = entry.state;
        long keptDay = state.days.size() > MOST_DAYS ? Math.max(day, state.days.last() - MOST_DAYS / 2) : day;
        boolean hoursDropped = state.hours.dropBefore(hour);
        boolean daysDropped = state.days.dropBefore(keptDay);
        if (daysDropped || hoursDropped && hour > firstUnrolledHour(entry)) {
            letGo(entry);
        } else if (hoursDropped) {
            // Whole days are not made of rolled hours: else a month would be merged anew at every hour.
            letGoOfHours(entry);
        }
    }

    /** The first hour that is in no day pane; the least number where all may be. */
    static long firstUnrolledHour(AccountEntry entry) {
        long day = entry.state.rolledBefore;
        return day == Long.MIN_VALUE ? Long.MIN_VALUE : day * HOURS_A_DAY;
    }

    /**
     * Makes room where stamps from all over have made more hours than an account may have: what is long over by the
     * account's own time goes first, then what lies farthest ahead of it.
     *
     * @param around hour that the account has come to by its own time
     * @return requests that are in no window any more although their hour is not over
     */
    long makeRoom(AccountEntry entry, long around) {
        AccountState state = entry.state;
        if (state.hours.size() <= MOST_HOURS) {
            return 0;
        }
        roll(entry, EventTime.dayOf(around));
        state.hours.dropBefore(around - MOST_HOURS / 2);
        long lost = 0;
        while (state.hours.size() > MOST_HOURS && entry.newestHour() > around) {
            lost += state.hours.dropLast();
        }
        letGo(entry);
        return lost;
    }

    /**
     * Forgets the panes that are on shelves no more. An account whose log comes late by the partition's clock has its panes
     * for as long as any other, and not longer.
     *
     * @param hour of the first shelf that is kept
     * @param day of the first shelf that is kept
     * @return requests that are in no window any more although their day is not over: those of stamps so far ahead that
     *     they were not kept until others reached them
     */
    long dropUnshelved(AccountEntry entry, long hour, long day) {
        AccountState state = entry.state;
        long before = requestsNotOver(entry);
        boolean hoursDropped = state.hours.dropShelvesBefore(hour);
        long lost = before - requestsNotOver(entry);
        boolean daysDropped = state.days.dropShelvesBefore(day);
        if (hoursDropped || daysDropped) {
            letGo(entry);
        }
        return lost;
    }

    /** Requests of days that are not over for the account: none once it has been silent for as long as panes are kept. */
    static long requestsNotOver(AccountEntry entry) {
        return entry.state.hours.requests(firstUnrolledHour(entry), Long.MAX_VALUE);
    }

    /** Forgets all panes and event ids. */
    void clear(AccountEntry entry) {
        entry.state.hours.dropBefore(Long.MAX_VALUE);
        entry.state.days.dropBefore(Long.MAX_VALUE);
        letGo(entry);
        entry.seen.clear();
    }

    /** Lets go of the panes that the index does not know any more, and takes the one that is the newest now into the record. */
    private void letGo(AccountEntry entry) {
        entry.dirtyDays.removeIf(day -> !entry.state.days.contains(day));
        letGoOfHours(entry);
        entry.forgetMerges();
    }

    private void letGoOfHours(AccountEntry entry) {
        AccountState state = entry.state;
        entry.hours.removeIf(hour -> !state.hours.contains(hour));
        entry.dirtyHours.removeIf(hour -> !state.hours.contains(hour));
        if (!state.hours.isEmpty() && entry.hours.get(entry.newestHour()) == null) {
            entry.hours.put(entry.newestHour(), hourPane(entry, entry.newestHour()));
        }
        entry.closed.clear();
    }

    /**
     * Puts what has changed on the shelf, but the newest hour and the newest event ids, which the account's record has.
     *
     * @param nowHour the partition's hour, which is the shelf of what was on none yet; that of an account which runs ahead of
     *     the others is its own hour, so that they do not drop it when they catch up
     */
    public void write(AccountEntry entry, long nowHour) {
        AccountState state = entry.state;
        entry.dirtyHours.forEach((hour, pane) -> shelf.put(
                PaneShelf.Place.hour(state.hours.shelfOr(hour, shelfOf(hour, nowHour)), hour, entry.account),
                StrandedProfileCodec.encode(pane)));
        entry.dirtyHours.clear();
        entry.dirtyDays.forEach((day, pane) -> shelf.put(
                PaneShelf.Place.day(
                        state.days.shelfOr(day, EventTime.dayOf(shelfOf(day * HOURS_A_DAY, nowHour))),
                        day,
                        entry.account),
                StrandedProfileCodec.encode(pane)));
        entry.dirtyDays.clear();
        entry.seen.forEach((hour, ids) -> {
            while (ids.hasFullChunk()) {
                int chunk = ids.chunks();
                byte[] bytes = ids.takeChunk(shelfOf(hour, nowHour));
                shelf.put(PaneShelf.Place.ids(ids.shelf(), hour, chunk, entry.account), bytes);
            }
        });
    }

    /** Not for ever, as a stamp that is years ahead would be. */
    private static long shelfOf(long hour, long nowHour) {
        return Math.max(nowHour, Math.min(hour, nowHour + MOST_HOURS_AHEAD));
    }

    /** Drops from the shelves what no account's windows can reach any more; hour since 1970, by the partition's clock. */
    void dropShelvesBefore(long hour, long day) {
        shelf.dropBefore(PaneShelf.Kind.HOUR, hour);
        shelf.dropBefore(PaneShelf.Kind.IDS, hour);
        shelf.dropBefore(PaneShelf.Kind.DAY, day);
    }
}

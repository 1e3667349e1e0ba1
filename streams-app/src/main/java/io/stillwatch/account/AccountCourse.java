package io.stillwatch.account;

import io.stillwatch.baseline.DayTraits;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.SoughtRequests;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.Ties;
import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The course of a partition's accounts through event time: what becomes of each request, and what is done when time passes
 * without any. Same requests in the same order, same course; what is done at its moments is up to {@link Moments}.
 *
 * <p>What is over for an account is dealt with before its next event counts, or by its timer, whichever is first, and as of
 * the same moment; so any interleaving of accounts gives the same.
 */
public final class AccountCourse {
    private static final int DUE_AT_ONCE = 256;
    private static final long MINUTES_AN_HOUR = 60;

    private final Rules rules;
    private final PartitionClock clock;
    private final Accounts accounts;
    private final ActiveAccounts active;
    private final PaneTimeline timeline;
    private final Admission admission;
    private final AccountLook look;
    private final AccountTimers timers;
    private final Moments moments;

    /** The partition's hour by which the shelves were dropped last. */
    private long droppedHour;

    /**
     * What the course goes by.
     *
     * @param grace how late an event may be, against its account's own clock, and still count
     * @param hoursKept how long hour panes are kept behind the partition's clock
     * @param daysKept how long day panes are kept behind the partition's clock
     */
    public record Rules(Duration grace, Duration hoursKept, Duration daysKept) {}

    /** What is done at the moments of the course. Hours and minutes since 1970, times in milliseconds. */
    public interface Moments {
        /** A request counts, in an hour of its own or an earlier one than the account's current hour. */
        void counted(AccountEntry entry, RequestFingerprint request, long currentHour);

        /** A day of the account is over, and its profile, not to be changed, is kept as such; days since 1970. */
        default void dayClosed(AccountEntry entry, long day, StrandedProfile profile) {}

        /** Something about records that counted is to be noted. */
        void noted(AccountEntry entry, Loss kind, long records);

        /** The account's requests have grown enough for a look as of an hour. */
        void look(AccountEntry entry, long hour, long timeMs);

        /** The account's pane of an hour is over, and has been looked at. */
        void paneClosed(AccountEntry entry, long hour);

        /** The minute from which on the account's alert has been quiet for long; {@link AccountState#NO_TIMER} for never. */
        long alertQuietMinute(AccountEntry entry);

        /** As for the alert, of what holds without alerting. */
        long shadowsQuietMinute(AccountEntry entry);

        /** Closes the alert if it is quiet by a time. */
        void closeQuietAlert(AccountEntry entry, long timeMs);

        /** Ends what holds without alerting if it is quiet by a time. */
        void endQuietShadows(AccountEntry entry, long timeMs);
    }

    /** What became of a request. */
    public sealed interface Outcome {
        /** It is in the account's panes. */
        record Counted() implements Outcome {}

        /** It came too late; {@code clockMs} is the time it was measured by, milliseconds since 1970. */
        record Late(long clockMs) implements Outcome {}

        /** Its event id has been seen. */
        record Repeated() implements Outcome {}
    }

    private static final Outcome COUNTED = new Outcome.Counted();
    private static final Outcome REPEATED = new Outcome.Repeated();

    /**
     * Begins where the accounts are.
     *
     * @param usual lengths of answers by which days that are over are judged
     */
    public AccountCourse(
            Rules rules,
            PartitionClock clock,
            Accounts accounts,
            ActiveAccounts active,
            PaneTimeline timeline,
            AccountLook look,
            Supplier<AnswerLengths> usual,
            Moments moments) {
        this.rules = rules;
        this.clock = clock;
        this.accounts = accounts;
        this.active = active;
        this.timeline = timeline;
        this.look = look;
        this.admission = new Admission(timeline, rules.grace());
        this.timers = new AccountTimers(rules.daysKept());
        this.moments = moments;
        this.droppedHour = clock.vouched() ? EventTime.hourOf(clock.nowMs()) : Long.MIN_VALUE;
        timeline.onDayClosed((entry, day, profile) -> dayClosed(entry, day, profile, usual.get()));
    }

    private void dayClosed(AccountEntry entry, long day, StrandedProfile profile, AnswerLengths usual) {
        moments.dayClosed(entry, day, profile);
        DayTraits.level(profile, usual).ifPresent(level -> {
            entry.state.levels.add(day, level);
            active.count(day);
        });
    }

    /** Takes in the next request of the partition. */
    public Outcome take(RequestFingerprint request) {
        return take(request, Optional.empty());
    }

    /** Takes in the next request of the partition, and how it came round if it did. */
    public Outcome take(RequestFingerprint request, Optional<Detour> detour) {
        long before = vouchedMinute();
        observe(request.getAccountId(), request.getEventTime(), detour);
        AccountEntry entry = accounts.open(request.getAccountId());
        Outcome outcome = switch (admission.judge(entry, request, clock)) {
            case LATE -> {
                long vouchedMs = Admission.vouchedMs(entry, clock);
                lost(entry, EventTime.hourOf(request.getEventTime()), Loss.LATE);
                yield new Outcome.Late(vouchedMs);
            }
            case REPEATED -> {
                lost(entry, EventTime.hourOf(request.getEventTime()), Loss.DUPLICATE);
                yield REPEATED;
            }
            case COUNTS -> {
                count(entry, request);
                yield COUNTED;
            }
        };
        passTime(before);
        return outcome;
    }

    /** Takes in that an account outside of this course has sent a request: time goes on by it, and nothing else. */
    void pass(String account, long timeMs) {
        long before = vouchedMinute();
        observe(account, timeMs, Optional.empty());
        passTime(before);
    }

    /** Takes in that a second has passed for whoever reads the partition; says whether that let time go on. */
    public boolean secondPassed() {
        long before = vouchedMinute();
        boolean moved = clock.secondPassed();
        if (moved) {
            passTime(before);
        }
        return moved;
    }

    private void observe(String account, long timeMs, Optional<Detour> detour) {
        String leader = clock.leader();
        boolean alone = !clock.vouched();
        clock.observe(account, timeMs, detour);
        if (alone && clock.vouched()) {
            arrivedAtLatest(leader);
        }
    }

    /** Takes in that the log is over, and time has come to a moment; milliseconds since 1970. */
    public void end(long timeMs) {
        String leader = clock.leader();
        passTo(timeMs);
        closeLeader(leader);
    }

    /** Takes in that time has come to a moment, for which whoever tells of it vouches; milliseconds since 1970. */
    public void passTo(long timeMs) {
        long before = vouchedMinute();
        String leader = clock.leader();
        boolean alone = !clock.vouched();
        clock.passTo(timeMs);
        if (alone) {
            arrivedAtLatest(leader);
        }
        passTime(before);
    }

    /** Takes in that nothing comes any more: all hours are over, whoever is ahead. */
    void finish(Iterable<AccountEntry> all) {
        for (AccountEntry entry : all) {
            if (entry.state.changedSinceEvaluation) {
                closePane(entry, entry.state.currentHour);
            }
            if (!entry.state.hours.isEmpty()) {
                timeline.roll(entry, EventTime.dayOf(entry.newestHour()) + 1);
            }
        }
    }

    /** Enters a record that did not count into the account's panes, if it has any; hour since 1970. */
    public void lost(AccountEntry entry, long hour, Loss kind) {
        // Else a pane that is on its shelf no more would be begun anew, with fewer requests than the index says.
        dropUnshelved(entry);
        PaneIndex hours = entry.state.hours;
        if (!hours.isEmpty()) {
            note(entry, hours.contains(hour) ? hour : entry.newestHour(), kind, 1);
        }
    }

    private long vouchedMinute() {
        return clock.vouched() ? EventTime.minuteOf(clock.nowMs()) : Long.MIN_VALUE;
    }

    private void count(AccountEntry entry, RequestFingerprint request) {
        dropUnshelved(entry);
        AccountState state = entry.state;
        long partitionMs = clock.nowMs();
        long timeMs = request.getEventTime();
        long hour = EventTime.hourOf(timeMs);
        if (timeMs >= state.clockMs) {
            state.organization = request.getOrganizationId() == null ? 0 : Hash64.of(request.getOrganizationId());
        }
        state.clockMs = Math.max(state.clockMs, timeMs);
        state.arrivedMs = Math.max(state.arrivedMs, partitionMs);
        long current = Math.max(hour, EventTime.hourOf(Math.min(state.clockMs, partitionMs)));
        // Of two stamps in a row one may be years ahead; what is kept is kept around the other.
        long around = state.currentHour == Long.MIN_VALUE ? current : Math.min(state.currentHour, current);
        if (current > state.currentHour) {
            moveOn(entry, current, around);
        }
        moments.closeQuietAlert(entry, timeMs);
        moments.endQuietShadows(entry, timeMs);
        state.currentHour = current;
        Ties ties = state.recent.tie(request);
        timeline.paneToChange(entry, hour, 1).add(request, ties);
        if (state.requests >= SoughtRequests.FIRST_KEPT) {
            // Stamps ahead of everybody's would take the place of what was kept.
            long soughtHour = Math.min(hour, EventTime.hourOf(clock.reachedMs()));
            state.sought.add(request, EventTime.dayOf(soughtHour), ties);
        }
        state.own.filter(past -> hour > past.untilHour()).ifPresent(past -> state.outliers.add(past, request, ties));
        if (EventTime.dayOf(hour) < state.rolledBefore) {
            timeline.dayPaneToChange(entry, EventTime.dayOf(hour), 1).add(request, ties);
        }
        if (entry.isCrowded()) {
            // Stamps that jump back and forth make hours without ever moving the account on.
            tidy(entry, hour, Math.min(current, EventTime.hourOf(partitionMs)), around);
        }
        if (!admission.remember(entry, request)) {
            noteCounted(entry, hour, Loss.EVICTED, 1);
        }
        if (admission.isAhead(request, clock)) {
            noteCounted(entry, hour, Loss.AHEAD, 1);
        }
        state.firstEventMs = Math.min(state.firstEventMs, timeMs);
        state.requests++;
        state.outputTokens += Math.max(0, request.getOutputTokens());
        state.changedSinceEvaluation = true;
        moments.counted(entry, request, current);
        if (AccountLook.isDue(entry, current)) {
            look(entry, current, timeMs);
        }
        setTimer(entry, Long.MIN_VALUE);
    }

    private void look(AccountEntry entry, long hour, long timeMs) {
        AccountLook.looked(entry, hour);
        moments.look(entry, hour, timeMs);
    }

    /** Does what is over for an account before an event of a later hour counts, as its timer would have. */
    private void moveOn(AccountEntry entry, long current, long around) {
        AccountState state = entry.state;
        if (state.changedSinceEvaluation) {
            closePane(entry, state.currentHour);
        }
        state.currentHour = current;
        tidy(entry, current, Math.min(current, EventTime.hourOf(clock.nowMs())), around);
    }

    private void tidy(AccountEntry entry, long hour, long reached, long around) {
        dropAndRoll(entry, reached);
        long forgotten = timeline.makeRoom(entry, around) + entry.forgetIds(reached);
        if (forgotten > 0) {
            noteCounted(entry, hour, Loss.EVICTED, forgotten);
        }
    }

    private void dropUnshelved(AccountEntry entry) {
        if (droppedHour > entry.shelvesSeenAtHour) {
            entry.shelvesSeenAtHour = droppedHour;
            long forgotten = timeline.dropUnshelved(
                    entry,
                    droppedHour - rules.hoursKept().toHours(),
                    EventTime.dayOf(droppedHour) - rules.daysKept().toDays());
            if (forgotten > 0) {
                moments.noted(entry, Loss.EVICTED, forgotten);
            }
        }
    }

    private void dropAndRoll(AccountEntry entry, long hour) {
        timeline.roll(entry, EventTime.dayOf(hour - AccountTimers.ROLL_DELAY_HOURS));
        timeline.dropBefore(
                entry,
                hour - rules.hoursKept().toHours(),
                EventTime.dayOf(hour) - rules.daysKept().toDays());
    }

    private void noteCounted(AccountEntry entry, long hour, Loss kind, long records) {
        moments.noted(entry, kind, records);
        note(entry, hour, kind, records);
    }

    private void note(AccountEntry entry, long hour, Loss kind, long records) {
        timeline.paneToChange(entry, hour, 0).lose(kind, records);
        long day = EventTime.dayOf(hour);
        if (day < entry.state.rolledBefore) {
            timeline.dayPaneToChange(entry, day, 0).lose(kind, records);
        }
    }

    private void closePane(AccountEntry entry, long hour) {
        look(entry, hour, (hour + 1) * EventTime.HOUR_MS - 1);
        look.freezeBaseline(entry, hour);
        moments.paneClosed(entry, hour);
    }

    /**
     * Sets the account's timer to the first thing that is due.
     *
     * @param passed minute that has been dealt with; the timer is set after it
     */
    public void setTimer(AccountEntry entry, long passed) {
        long quiet = Math.min(moments.alertQuietMinute(entry), moments.shadowsQuietMinute(entry));
        long next = Math.min(
                Math.min(timers.paneCloses(entry), timers.alertCloses(entry, quiet)),
                Math.min(timers.dayRolls(entry), timers.expires(entry)));
        setTimerTo(entry, Math.max(next, passed + 1));
    }

    private void setTimerTo(AccountEntry entry, long minute) {
        if (entry.state.timerMinute == minute) {
            return;
        }
        clearTimer(entry);
        entry.state.timerMinute = minute;
        accounts.setTimer(minute, entry.account);
    }

    private void clearTimer(AccountEntry entry) {
        if (entry.state.timerMinute != AccountState.NO_TIMER) {
            accounts.clearTimer(entry.state.timerMinute, entry.account);
            entry.state.timerMinute = AccountState.NO_TIMER;
        }
    }

    /**
     * Lets time pass for all accounts, if it has. What one account alone says is nobody's time but its own: it may be years
     * off, and time that has passed for timers and panes cannot be taken back.
     */
    private void passTime(long minuteBefore) {
        long minute = vouchedMinute();
        if (minute <= minuteBefore) {
            return;
        }
        List<String> due;
        do {
            due = accounts.due(minute, DUE_AT_ONCE);
            for (String account : due) {
                passTime(accounts.open(account), minute);
                accounts.relieve();
            }
        } while (due.size() == DUE_AT_ONCE);
        long hour = Math.floorDiv(minute, MINUTES_AN_HOUR);
        if (hour > droppedHour) {
            droppedHour = hour;
            timeline.dropShelvesBefore(
                    hour - rules.hoursKept().toHours(),
                    EventTime.dayOf(hour) - rules.daysKept().toDays());
        }
    }

    private void passTime(AccountEntry entry, long minute) {
        dropUnshelved(entry);
        if (timers.paneCloses(entry) <= minute) {
            closePane(entry, entry.state.currentHour);
        }
        if (timers.alertCloses(entry, moments.alertQuietMinute(entry)) <= minute) {
            moments.closeQuietAlert(entry, minute * EventTime.MINUTE_MS);
        }
        if (timers.alertCloses(entry, moments.shadowsQuietMinute(entry)) <= minute) {
            moments.endQuietShadows(entry, minute * EventTime.MINUTE_MS);
        }
        if (timers.dayRolls(entry) <= minute) {
            dropAndRoll(entry, Math.floorDiv(minute - AccountTimers.lagMinutes(entry), MINUTES_AN_HOUR));
        }
        if (timers.expires(entry) <= minute) {
            expire(entry);
        } else {
            setTimer(entry, minute);
        }
    }

    private void expire(AccountEntry entry) {
        clearTimer(entry);
        long forgotten = PaneTimeline.requestsNotOver(entry);
        if (forgotten > 0) {
            moments.noted(entry, Loss.EVICTED, forgotten);
        }
        if (entry.state.alerts.isEmpty()) {
            accounts.forget(entry);
        } else {
            // Its alert goes on where it ended if it is opened again.
            timeline.clear(entry);
            entry.state.sought.clear();
            entry.state.outliers.clear();
            entry.state.nextStep = 0;
        }
    }

    /** Corrects when the first account's events came: as long as it was alone, only its own stamps told. */
    private void arrivedAtLatest(String account) {
        if (accounts.knows(account)) {
            AccountEntry entry = accounts.open(account);
            entry.state.arrivedMs = Math.min(entry.state.arrivedMs, clock.nowMs());
            setTimer(entry, Long.MIN_VALUE);
        }
    }

    /**
     * Looks at the last hour of the one account whose time no other has reached: the end of a log is the end for it as
     * well, and how far it is ahead may be a wrong stamp, so others' time does not follow it.
     */
    private void closeLeader(String account) {
        if (accounts.knows(account)) {
            AccountEntry entry = accounts.open(account);
            dropUnshelved(entry);
            if (entry.state.changedSinceEvaluation) {
                closePane(entry, entry.state.currentHour);
                setTimer(entry, vouchedMinute());
            }
        }
    }
}

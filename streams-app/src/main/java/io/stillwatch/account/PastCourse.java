package io.stillwatch.account;

import io.stillwatch.baseline.DayTraits;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.RequestFingerprint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The course of accounts through requests of the past, with all that is kept of it in memory. It is {@link AccountCourse}
 * itself, so what a look reads here is what a pipeline reads at it, given the same requests of a partition in the same
 * order. Mutable and not thread-safe.
 *
 * <p>Of accounts that nobody asks about, {@link #pass} takes no more than who sent something when: time goes on by it, and
 * it tells how many accounts there are.
 */
public final class PastCourse {
    /** Days for which it is known how many requests others had; more than the pipeline asks for. */
    private static final int DAYS_OF_OTHERS = 10;

    private final Reference reference;
    private final PartitionClock clock = new PartitionClock();
    private final AccountsInMemory accounts = new AccountsInMemory();
    private final ActiveAccounts active = new ActiveAccounts();
    private final AccountLook look;
    private final AccountCourse course;
    private final NavigableMap<Long, Map<String, Integer>> others = new TreeMap<>();

    /** What a pipeline does at a look, and what becomes of alerts: the account's own past depends on when one was open. */
    public interface Watcher {
        /**
         * An account is looked at.
         *
         * @param timeMs event time of the look, milliseconds since 1970
         * @param windows readable during this call only, and not to be changed
         */
        void looked(AccountEntry entry, long timeMs, AccountWindows windows);

        /** A request counts. */
        default void counted(RequestFingerprint request) {}

        /** An account's day is over; days since 1970. The profile is not to be changed. */
        default void dayClosed(AccountEntry entry, long day, StrandedProfile profile) {}

        /** When the account's open alert closes if nothing is found until then, as far as is known. */
        Optional<Long> quietAtMs(AccountEntry entry);

        /** Lets the account's alert close by a time, milliseconds since 1970. */
        void passTo(AccountEntry entry, long timeMs);
    }

    /**
     * Nothing has happened yet.
     *
     * @param partitions that the requests are spread over
     */
    public PastCourse(AccountCourse.Rules rules, int partitions, Reference reference, Watcher watcher) {
        this.reference = reference;
        PaneTimeline timeline = new PaneTimeline(new PanesInMemory());
        this.look = new AccountLook(timeline, active, partitions);
        this.course = new AccountCourse(
                rules, clock, accounts, active, timeline, look, reference::answers, new Moments(watcher));
    }

    /** Takes in the next request. */
    public AccountCourse.Outcome take(RequestFingerprint request) {
        return course.take(request);
    }

    /** Takes in that an account that nobody asks about has sent a request; milliseconds since 1970. */
    public void pass(String account, long timeMs) {
        long day = EventTime.dayOf(EventTime.hourOf(timeMs));
        int requests = others.computeIfAbsent(day, none -> new HashMap<>()).merge(account, 1, Integer::sum);
        if (requests == DayTraits.LEAST_REQUESTS) {
            active.count(day);
        }
        while (others.size() > DAYS_OF_OTHERS) {
            others.pollFirstEntry();
        }
        course.pass(account, timeMs);
    }

    /** Takes in that nothing comes any more: all accounts' last hours are looked at, and all days are over. */
    public void finish() {
        course.finish(accounts.all().stream()
                .sorted(Comparator.comparing(entry -> entry.account))
                .toList());
    }

    /** An account's windows that end with the hour of a moment, as things stand; milliseconds since 1970. */
    public AccountWindows windows(String account, long timeMs) {
        return look.windows(accounts.open(account), EventTime.hourOf(timeMs), reference);
    }

    private final class Moments implements AccountCourse.Moments {
        private final Watcher watcher;

        Moments(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void counted(AccountEntry entry, RequestFingerprint request, long currentHour) {
            watcher.counted(request);
        }

        @Override
        public void dayClosed(AccountEntry entry, long day, StrandedProfile profile) {
            watcher.dayClosed(entry, day, profile);
        }

        @Override
        public void noted(AccountEntry entry, Loss kind, long records) {}

        @Override
        public void look(AccountEntry entry, long hour, long timeMs) {
            watcher.looked(entry, timeMs, look.windows(entry, hour, reference));
        }

        @Override
        public void paneClosed(AccountEntry entry, long hour) {}

        @Override
        public long alertQuietMinute(AccountEntry entry) {
            return watcher.quietAtMs(entry)
                    .map(atMs -> EventTime.minuteOf(atMs) + 1)
                    .orElse(AccountState.NO_TIMER);
        }

        @Override
        public long shadowsQuietMinute(AccountEntry entry) {
            return AccountState.NO_TIMER;
        }

        @Override
        public void closeQuietAlert(AccountEntry entry, long timeMs) {
            watcher.passTo(entry, timeMs);
        }

        @Override
        public void endQuietShadows(AccountEntry entry, long timeMs) {}
    }
}

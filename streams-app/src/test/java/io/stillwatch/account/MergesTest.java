package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the windows of an account that goes on for weeks are merged of, in panes that are read. */
class MergesTest {
    private static final long DAY_MS = 24 * EventTime.HOUR_MS;
    private static final long START_MS = 1_790_000_000_000L / DAY_MS * DAY_MS;

    @Test
    void aMonthIsReadOnceADayAndNotAtEveryHour() {
        Counting shelf = new Counting();
        PaneTimeline timeline = new PaneTimeline(shelf);
        ActiveAccounts active = new ActiveAccounts();
        AccountLook look = new AccountLook(timeline, active, 1);
        AccountsInMemory accounts = new AccountsInMemory();
        AccountCourse course = new AccountCourse(
                new AccountCourse.Rules(Duration.ofHours(1), Duration.ofHours(48), Duration.ofDays(31)),
                new PartitionClock(),
                accounts,
                active,
                timeline,
                look,
                () -> AnswerLengths.NONE,
                new Looking(look));
        int hours = 40 * 24;
        int last = hours - 20;
        for (int hour = 0; hour < hours; hour++) {
            if (hour == last) {
                for (AccountEntry entry : accounts.all()) {
                    timeline.write(entry, EventTime.hourOf(START_MS) + hour);
                    entry.slim();
                }
                shelf.days = 0;
            }
            // Two, as time that only one account tells is nobody's.
            course.take(request("one", hour));
            course.take(request("other", hour));
        }

        assertThat(shelf.days).isBetween(2 * 29L, 2 * 2 * 31L);
    }

    private static RequestFingerprint request(String account, int hour) {
        RequestFingerprint request = AnyFingerprint.of(hour);
        request.setAccountId(account);
        request.setEventId(account + hour);
        request.setEventTime(START_MS + hour * EventTime.HOUR_MS);
        return request;
    }

    /** A shelf that counts the day panes that are read. */
    private static final class Counting implements PaneShelf {
        private final PanesInMemory kept = new PanesInMemory();
        private long days;

        @Override
        public Optional<byte[]> get(Place place) {
            days += place.kind() == Kind.DAY ? 1 : 0;
            return kept.get(place);
        }

        @Override
        public List<byte[]> getAll(List<Place> places) {
            days += places.stream().filter(place -> place.kind() == Kind.DAY).count();
            return kept.getAll(places);
        }

        @Override
        public void put(Place place, byte[] value) {
            kept.put(place, value);
        }

        @Override
        public void dropBefore(Kind kind, long shelf) {
            kept.dropBefore(kind, shelf);
        }
    }

    /** Makes the windows of a month at every look. */
    private static final class Looking extends NothingFound {
        private final AccountLook look;

        private Looking(AccountLook look) {
            this.look = look;
        }

        @Override
        public void look(AccountEntry entry, long hour, long timeMs) {
            assertThat(look.windows(entry, hour, Reference.NONE)
                            .profile(Duration.ofDays(30))
                            .requests())
                    .isPositive();
        }
    }
}

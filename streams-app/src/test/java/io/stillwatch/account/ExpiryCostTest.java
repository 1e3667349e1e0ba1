package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What many accounts that end at once cost, in what is asked of the store. */
class ExpiryCostTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final long DAY_MS = 86_400_000L;

    @Test
    void accountsThatExpireAtOnceCostInProportionToTheirNumber() {
        long few = callsToExpire(1_000);
        long many = callsToExpire(4_000);

        assertThat(few).isGreaterThan(1_000);
        assertThat(many).isBetween(3 * few, 5 * few);
    }

    private static long callsToExpire(int number) {
        Counting accounts = new Counting();
        ActiveAccounts active = new ActiveAccounts();
        PaneTimeline timeline = new PaneTimeline(new PanesInMemory());
        AccountCourse course = new AccountCourse(
                new AccountCourse.Rules(Duration.ofHours(1), Duration.ofHours(48), Duration.ofDays(31)),
                new PartitionClock(),
                accounts,
                active,
                timeline,
                new AccountLook(timeline, active, 1),
                () -> AnswerLengths.NONE,
                new NothingFound());
        for (int account = 0; account < number; account++) {
            course.take(request("silent-" + account, START_MS));
        }
        accounts.calls = 0;
        // Two, as time that only one account tells is nobody's.
        course.take(request("late-1", START_MS + 400 * DAY_MS));
        course.take(request("late-2", START_MS + 400 * DAY_MS));
        assertThat(accounts.knows("silent-0")).isFalse();
        assertThat(accounts.knows("silent-" + (number - 1))).isFalse();
        return accounts.calls;
    }

    private static RequestFingerprint request(String account, long timeMs) {
        RequestFingerprint request = AnyFingerprint.of(account.hashCode());
        request.setAccountId(account);
        request.setEventId(account);
        request.setEventTime(timeMs);
        return request;
    }

    /** Accounts that count what is asked of them; a list costs as much as it is long. */
    private static final class Counting implements Accounts {
        private final AccountsInMemory kept = new AccountsInMemory();
        private long calls;

        @Override
        public AccountEntry open(String account) {
            calls++;
            return kept.open(account);
        }

        @Override
        public boolean knows(String account) {
            return kept.knows(account);
        }

        @Override
        public void forget(AccountEntry entry) {
            calls++;
            kept.forget(entry);
        }

        @Override
        public void setTimer(long minute, String account) {
            calls++;
            kept.setTimer(minute, account);
        }

        @Override
        public void clearTimer(long minute, String account) {
            calls++;
            kept.clearTimer(minute, account);
        }

        @Override
        public List<String> due(long minute, int most) {
            List<String> due = kept.due(minute, most);
            calls += 1 + due.size();
            return due;
        }

        @Override
        public void relieve() {
            calls++;
        }
    }
}

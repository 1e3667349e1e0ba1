package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Observation;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.AnyFingerprint;
import io.stillwatch.profile.Loss;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/**
 * The course of a partition's accounts beside a list of all their requests, over gaps of minutes to years, with stamps that
 * are ahead, behind, late and repeated, with commits and restarts in between. After every step all that is kept agrees, and
 * every window that is looked at holds what the list says.
 */
class AccountCourseModelTest {
    private static final long MINUTE = EventTime.MINUTE_MS;
    private static final long HOUR = EventTime.HOUR_MS;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;
    private static final long START_MS = 1_790_000_000_000L / DAY * DAY;
    private static final long KEPT_HOURS = 48;
    private static final long KEPT_DAYS = 31;
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30));

    /** What happens next. */
    private enum What {
        REQUEST,
        BURST,
        REPEAT,
        COMMIT,
        RESTART,
        END
    }

    /**
     * @param gapMs how far true time goes on first
     * @param offMs how far off the stamp is
     */
    private record Step(What what, int account, long gapMs, long offMs) {}

    @Provide
    Arbitrary<List<Step>> courses() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(60, What.REQUEST),
                Tuple.of(12, What.BURST),
                Tuple.of(8, What.REPEAT),
                Tuple.of(12, What.COMMIT),
                Tuple.of(5, What.RESTART),
                Tuple.of(2, What.END));
        Arbitrary<Long> gap = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.longs().between(0, 90 * MINUTE)),
                Tuple.of(6, Arbitraries.longs().between(HOUR, 30 * HOUR)),
                Tuple.of(3, Arbitraries.longs().between(DAY, 45 * DAY)),
                Tuple.of(1, Arbitraries.longs().between(40 * DAY, 3 * YEAR)));
        Arbitrary<Long> off = Arbitraries.frequencyOf(
                Tuple.of(16, Arbitraries.just(0L)),
                Tuple.of(4, Arbitraries.longs().between(-3 * HOUR, 0)),
                Tuple.of(1, Arbitraries.longs().between(-10 * YEAR, -3 * HOUR)),
                Tuple.of(2, Arbitraries.longs().between(HOUR, 40 * DAY)),
                Tuple.of(1, Arbitraries.longs().between(40 * DAY, 10 * YEAR)));
        return Combinators.combine(what, Arbitraries.integers().between(0, 4), gap, off)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(120)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(tries = 300)
    void whatIsKeptAgreesAndWindowsHoldWhatTheListSays(@ForAll("courses") List<Step> steps) {
        Model model = new Model();
        steps.forEach(step -> Statistics.label("operations").collect(step.what()));
        model.takeAll(steps);
    }

    /** Found by the property; the account alone is believed to be months ahead, until a second one comes. */
    @Test
    void requestsAheadOfAllThatAreForgottenWithTheirAccountAreTold() {
        Model model = new Model();
        model.takeAll(List.of(
                new Step(What.BURST, 0, 0, 115 * DAY),
                new Step(What.REQUEST, 1, HOUR, 0),
                new Step(What.REQUEST, 3, 35 * DAY, 0),
                new Step(What.REQUEST, 3, 80 * DAY, 0),
                new Step(What.END, 1, HOUR, 0)));
        assertThat(model.evicted).containsExactly("h0");
    }

    /**
     * Found by the property; an account alone on its partition is believed two days ahead and back again. What it sent between is
     * in its day by then, and no longer in an hour.
     */
    @Test
    void whatAnAccountSentThatAloneWasBelievedToBeTwoDaysAheadIsInItsDay() {
        Model model = new Model();
        model.takeAll(List.of(
                new Step(What.REQUEST, 1, 0, 2 * DAY + HOUR),
                new Step(What.REQUEST, 1, 0, 0),
                new Step(What.REQUEST, 1, 0, 2 * DAY + HOUR),
                new Step(What.REQUEST, 0, 0, 0),
                new Step(What.REQUEST, 0, 0, 0),
                new Step(What.REQUEST, 1, 0, 0),
                new Step(What.REQUEST, 1, HOUR, 0)));
        long day = EventTime.dayOf(EventTime.hourOf(START_MS));
        assertThat(model.accounts.open("h1").state.days.requests(day, day)).isGreaterThanOrEqualTo(2);
    }

    /**
     * Found by the property: by an account's own time a month had passed since its first requests, when it fell a month behind
     * others' and so asked for them again.
     */
    @Test
    void whatWasForgottenByAnAccountsTimeDoesNotComeBackWhenItFallsFartherBehind() {
        Model model = new Model();
        model.takeAll(List.of(
                new Step(What.REQUEST, 0, 0, 3283380001L),
                new Step(What.REQUEST, 1, 0, 785215293),
                new Step(What.REQUEST, 3, 520, 0),
                new Step(What.RESTART, 1, 1863374, 0),
                new Step(What.REQUEST, 1, 65, 0),
                new Step(What.REQUEST, 1, 3600011, -27),
                new Step(What.RESTART, 0, 3600009, 0),
                new Step(What.BURST, 0, 86406539, 0),
                new Step(What.BURST, 1, 8693, -27),
                new Step(What.REQUEST, 2, 51, -80143),
                new Step(What.COMMIT, 0, 86400059, 3456156162L),
                new Step(What.REPEAT, 4, 131647, 0),
                new Step(What.REQUEST, 4, 86400000, -2803),
                new Step(What.BURST, 2, 3600457, 0),
                new Step(What.END, 1, 5399999, 0),
                new Step(What.REQUEST, 3, 186, 0),
                new Step(What.REQUEST, 2, 86400001, 0),
                new Step(What.REQUEST, 4, 4153, 194311893057L),
                new Step(What.REQUEST, 2, 2289504, 0),
                new Step(What.BURST, 1, 2745, 0),
                new Step(What.REQUEST, 0, 125, 0),
                new Step(What.COMMIT, 4, 1781071795L, 0),
                new Step(What.REPEAT, 3, 3619379, 0),
                new Step(What.REQUEST, 1, 3600001, -2),
                new Step(What.REQUEST, 3, 46722, 0),
                new Step(What.END, 2, 107999999, 0)));
    }

    /** Found by the property: its panes had gone from the shelves, and a record that came too late began one of them anew. */
    @Test
    void aRecordThatComesAfterItsPaneIsGoneBeginsNone() {
        Model model = new Model();
        model.takeAll(List.of(
                new Step(What.REQUEST, 0, 0, 40 * DAY),
                new Step(What.REQUEST, 0, 0, 0),
                new Step(What.COMMIT, 0, 0, 0),
                new Step(What.REQUEST, 4, 0, 40 * DAY),
                new Step(What.REQUEST, 0, 0, 0)));
        long hour = EventTime.hourOf(START_MS);
        assertThat(model.accounts.open("h0").state.hours.requests(hour, hour)).isZero();
    }

    /** A request that counted. */
    private record Counted(String account, String id, long timeMs, long arrivedHour) {
        long hour() {
            return EventTime.hourOf(timeMs);
        }
    }

    /** The course, and the list beside it. */
    private static final class Model implements AccountCourse.Moments {
        private final AlertLifecycle lifecycle = new AlertLifecycle(Duration.ofDays(1), "");
        private final Watched shelf = new Watched();
        private final AccountsInMemory accounts = new AccountsInMemory();
        private PartitionClock clock = new PartitionClock();
        private ActiveAccounts active = new ActiveAccounts();
        private PaneTimeline timeline;
        private AccountLook look;
        private AccountCourse course;

        private final List<Counted> list = new ArrayList<>();

        /** How far time was believed to have come while the account of a request was alone; hours since 1970. */
        private final IdentityHashMap<Counted, Long> believedTo = new IdentityHashMap<>();

        /** How far behind others' time an account has been at least; hours. */
        private final Map<String, Long> leastLag = new HashMap<>();

        private final Set<String> evicted = new HashSet<>();
        private final Map<String, Long> newest = new HashMap<>();
        private long trueMs = START_MS;
        private int sent;

        Model() {
            start();
        }

        private void start() {
            timeline = new PaneTimeline(shelf);
            look = new AccountLook(timeline, active, 1);
            course = new AccountCourse(
                    new AccountCourse.Rules(
                            Duration.ofHours(1), Duration.ofHours(KEPT_HOURS), Duration.ofDays(KEPT_DAYS)),
                    clock,
                    accounts,
                    active,
                    timeline,
                    look,
                    () -> AnswerLengths.NONE,
                    this);
        }

        /** Takes the steps, and checks all that is kept after each. */
        void takeAll(List<Step> steps) {
            for (Step step : steps) {
                take(step);
                check();
            }
        }

        private void take(Step step) {
            trueMs += step.gapMs();
            // Accounts with an h alert at every look.
            String account = (step.account() < 2 ? "h" : "a") + step.account();
            switch (step.what()) {
                case REQUEST -> request(account, "e" + sent++, trueMs + step.offMs());
                case BURST -> {
                    for (int at = 0; at < 20; at++) {
                        request(account, "e" + sent++, trueMs + step.offMs() + at * MINUTE);
                    }
                }
                case REPEAT -> {
                    if (!list.isEmpty()) {
                        Counted again = list.get(list.size() - 1);
                        request(again.account(), again.id(), again.timeMs() + step.gapMs() % (MINUTE / 2));
                    }
                }
                case COMMIT -> commit();
                case RESTART -> restart();
                case END -> course.end(clock.started() ? clock.nowMs() + 3 * HOUR : trueMs);
            }
        }

        private static long slot(long timeMs) {
            return Math.floorDiv(timeMs, SeenIds.SLOT_MS);
        }

        private void request(String account, String id, long timeMs) {
            boolean known = accounts.knows(account) && accounts.open(account).state.requests > 0;
            long own = newest.getOrDefault(account, Long.MIN_VALUE);
            boolean repeated = known
                    && list.stream()
                            .anyMatch(one -> one.account().equals(account)
                                    && one.id().equals(id)
                                    && Math.abs(slot(one.timeMs()) - slot(timeMs)) <= 1);
            AccountCourse.Outcome outcome = course.take(fingerprint(account, id, timeMs));
            boolean late = known && timeMs < Math.min(own, clock.nowMs()) - HOUR;
            assertThat(outcome instanceof AccountCourse.Outcome.Late).isEqualTo(late);
            if (!late && !evicted.contains(account)) {
                assertThat(outcome instanceof AccountCourse.Outcome.Repeated).isEqualTo(repeated);
            }
            if (outcome instanceof AccountCourse.Outcome.Counted) {
                newest.merge(account, timeMs, Math::max);
            }
            if (!clock.vouched()) {
                long believed = EventTime.hourOf(clock.nowMs());
                list.stream()
                        .filter(one -> one.account().equals(account))
                        .forEach(one -> believedTo.merge(one, believed, Math::max));
            }
        }

        @Override
        public void counted(AccountEntry entry, RequestFingerprint request, long currentHour) {
            list.add(new Counted(
                    entry.account, request.getEventId(), request.getEventTime(), EventTime.hourOf(clock.nowMs())));
            long lag = EventTime.hourOf(entry.state.arrivedMs) - EventTime.hourOf(entry.state.clockMs) - 1;
            leastLag.merge(entry.account, Math.max(0, lag), Math::min);
            assertThat(currentHour).isGreaterThanOrEqualTo(EventTime.hourOf(request.getEventTime()));
        }

        private void commit() {
            long nowHour = clock.started() ? EventTime.hourOf(clock.nowMs()) : 0;
            accounts.all().forEach(entry -> {
                timeline.write(entry, nowHour);
                entry.slim();
            });
        }

        /** All that survives is what was written. */
        private void restart() {
            commit();
            for (AccountEntry entry : List.copyOf(accounts.all())) {
                accounts.replace(AccountCodec.decode(entry.account, AccountCodec.encode(entry, new StateWriter())));
            }
            PartitionClock read = new PartitionClock();
            read.decode(clock.encode());
            clock = read;
            ActiveAccounts readActive = new ActiveAccounts();
            readActive.decode(active.encode());
            active = readActive;
            start();
        }

        private void check() {
            long hour = clock.vouched() ? EventTime.hourOf(clock.nowMs()) : Long.MIN_VALUE / 2;
            assertThat(shelf.droppedBefore).isLessThanOrEqualTo(hour - KEPT_HOURS);
            for (AccountEntry entry : accounts.all()) {
                AccountInvariants.check(entry, shelf, hour - KEPT_HOURS, EventTime.dayOf(hour) - KEPT_DAYS);
                assertThat(accounts.timersOf(entry.account))
                        .isEqualTo(
                                entry.state.timerMinute == AccountState.NO_TIMER
                                        ? List.of()
                                        : List.of(entry.state.timerMinute));
                if (clock.vouched() && entry.state.timerMinute != AccountState.NO_TIMER) {
                    assertThat(entry.state.timerMinute)
                            .as("no timer is overdue")
                            .isGreaterThan(EventTime.minuteOf(clock.nowMs()));
                }
            }
            newest.keySet().removeIf(account -> !accounts.knows(account));
        }

        @Override
        public void noted(AccountEntry entry, Loss kind, long records) {
            if (kind == Loss.EVICTED) {
                evicted.add(entry.account);
            }
        }

        @Override
        public void look(AccountEntry entry, long hour, long timeMs) {
            AccountWindows windows = look.windows(entry, hour, Reference.NONE);
            for (Duration window : WINDOWS) {
                long requests = windows.requests(window);
                assertThat(windows.profile(window).requests())
                        .as("%s of %s at hour %d", window, entry.account, hour)
                        .isEqualTo(requests);
                if (!evicted.contains(entry.account)) {
                    long first = EventTime.hourOf(windows.startMs(window));
                    assertThat(requests)
                            .as("%s of %s at hour %d", window, entry.account, hour)
                            .isBetween(
                                    listed(entry, first, hour, window, true),
                                    listed(entry, first, hour, window, false));
                }
            }
            if (entry.account.startsWith("h")) {
                entry.state.alerts = lifecycle
                        .advance(entry.state.alerts, seen(entry, timeMs, List.of(FINDING)))
                        .memory();
            }
        }

        /** @param certain only those whose panes nobody may have dropped */
        private long listed(AccountEntry entry, long first, long last, Duration window, boolean certain) {
            long now = clock.vouched() ? EventTime.hourOf(clock.nowMs()) : Long.MIN_VALUE / 2;
            return list.stream()
                    .filter(one -> one.account().equals(entry.account) && one.hour() >= first && one.hour() <= last)
                    .filter(one -> {
                        long reached = Math.max(now, believedTo.getOrDefault(one, now));
                        long kept = kept(one, last, window);
                        // An account that falls farther behind has had time pass for it as it was before.
                        boolean byItsTime = reached - leastLag.get(entry.account) - one.hour() <= kept;
                        return !certain || byItsTime && reached - shelf(one) <= kept;
                    })
                    .count();
        }

        private static long shelf(Counted one) {
            return Math.max(one.arrivedHour(), Math.min(one.hour(), one.arrivedHour() + KEPT_DAYS * 24));
        }

        /** Today is made of hours, whatever the window. */
        private static long kept(Counted one, long last, Duration window) {
            return window.toHours() > KEPT_HOURS && EventTime.dayOf(one.hour()) < EventTime.dayOf(last)
                    ? (KEPT_DAYS - 1) * 24
                    : KEPT_HOURS - 1;
        }

        private static Observation seen(AccountEntry entry, long timeMs, List<Finding> findings) {
            return new Observation(
                    "account",
                    entry.account,
                    timeMs,
                    findings,
                    entry.state.firstEventMs,
                    entry.state.requests,
                    entry.state.outputTokens,
                    List.of());
        }

        @Override
        public void paneClosed(AccountEntry entry, long hour) {
            assertThat(entry.state.changedSinceEvaluation).isFalse();
        }

        @Override
        public long alertQuietMinute(AccountEntry entry) {
            return entry.state.alerts.open().isPresent()
                    ? EventTime.minuteOf(lifecycle.closesAtMs(entry.state.alerts)) + 1
                    : AccountState.NO_TIMER;
        }

        @Override
        public long shadowsQuietMinute(AccountEntry entry) {
            return AccountState.NO_TIMER;
        }

        @Override
        public void closeQuietAlert(AccountEntry entry, long timeMs) {
            long minute = alertQuietMinute(entry);
            if (minute != AccountState.NO_TIMER && minute * MINUTE <= timeMs) {
                entry.state.alerts = lifecycle
                        .advance(entry.state.alerts, seen(entry, minute * MINUTE, List.of()))
                        .memory();
                assertThat(entry.state.alerts.open()).isEmpty();
            }
        }

        @Override
        public void endQuietShadows(AccountEntry entry, long timeMs) {}
    }

    /** A shelf that knows how far it was dropped. */
    private static final class Watched implements PaneShelf {
        private final PanesInMemory panes = new PanesInMemory();
        private long droppedBefore = Long.MIN_VALUE;

        @Override
        public Optional<byte[]> get(Place place) {
            return panes.get(place);
        }

        @Override
        public List<byte[]> getAll(List<Place> places) {
            return panes.getAll(places);
        }

        @Override
        public void put(Place place, byte[] value) {
            panes.put(place, value);
        }

        @Override
        public void dropBefore(Kind kind, long shelf) {
            if (kind == Kind.HOUR) {
                droppedBefore = shelf;
            }
            panes.dropBefore(kind, shelf);
        }
    }

    private static final Finding FINDING = Finding.newBuilder()
            .setSignatureId("any")
            .setSignatureVersion(1)
            .setTitle("A test")
            .setSeverity("high")
            .setScore(0.9)
            .setWindow("PT24H")
            .setWindowStart(0)
            .setWindowEnd(0)
            .setRequests(1)
            .setOutputTokens(1)
            .setEvidence(List.of())
            .build();

    private static RequestFingerprint fingerprint(String account, String id, long timeMs) {
        RequestFingerprint request = AnyFingerprint.of(id.hashCode());
        request.setAccountId(account);
        request.setEventId(id);
        request.setEventTime(timeMs);
        return request;
    }
}

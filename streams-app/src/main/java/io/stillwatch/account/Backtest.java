package io.stillwatch.account;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Observation;
import io.stillwatch.baseline.AccountDays;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.Reference;
import io.stillwatch.baseline.Strengths;
import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.Assessment;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a pipeline would have made of past requests: the looks it would have taken, and what signatures would have found at
 * them. Requests are taken in the order of their log. Mutable and not thread-safe.
 */
public final class Backtest {
    private static final Duration DAY = Duration.ofDays(1);

    private final SignatureSet signatures;
    private final AlertLifecycle lifecycle;
    private final PastCourse course;
    private final History history = new History();
    private final Optional<DayTaker> accountDays;
    private final Strengths strengths = new Strengths();
    private final Map<String, Day> days = new HashMap<>();
    private final Map<String, Long> flagged = new TreeMap<>();
    private final Map<String, Set<String>> suspects = new TreeMap<>();
    private long late;
    private long repeated;

    /** Takes account-days as they were at their last looks. */
    @FunctionalInterface
    public interface DayTaker {
        void take(String account, AccountDays.Day day);
    }

    /** An account's day so far. */
    private static final class Day {
        private final String account;
        private final long number;
        private final Set<String> flagged = new HashSet<>();
        private Optional<AccountDays.Day> newest = Optional.empty();

        Day(String account, long number) {
            this.account = account;
            this.number = number;
        }
    }

    /**
     * Nothing has been taken yet.
     *
     * @param quietTime event time without a finding after which an alert closes
     * @param accountDays takes account-days with enough requests to say something, as they were at their last looks
     */
    public Backtest(
            AccountCourse.Rules rules,
            Duration quietTime,
            SignatureSet signatures,
            Reference reference,
            Optional<DayTaker> accountDays) {
        this.accountDays = accountDays;
        this.signatures = signatures;
        this.lifecycle = new AlertLifecycle(quietTime, reference.name());
        this.course = new PastCourse(rules, 1, reference, new Looks());
    }

    /** Takes in the next request of the log. */
    public void take(RequestFingerprint request) {
        AccountCourse.Outcome outcome = course.take(request);
        if (outcome instanceof AccountCourse.Outcome.Late) {
            late++;
        } else if (outcome instanceof AccountCourse.Outcome.Repeated) {
            repeated++;
        }
    }

    /** Takes in that the log is over. */
    public void finish() {
        course.finish();
        days.values().forEach(this::closed);
        days.clear();
    }

    /** Requests that counted, by account and day; complete once the log is over. */
    public History history() {
        return history;
    }

    /** Account-days on which a signature held, in shadow too. */
    public long flagged(String signature) {
        return flagged.getOrDefault(signature, 0L);
    }

    /** Accounts for which a signature held that may alert, with the ids of such signatures. */
    public Map<String, Set<String>> suspects() {
        return Collections.unmodifiableMap(suspects);
    }

    /** How strongly the signatures held that may alert, by account and week, with the bars of the reference aside. */
    public Strengths strengths() {
        return strengths;
    }

    /** Requests that came too late to count. */
    public long late() {
        return late;
    }

    /** Requests that were sent before, and so did not count. */
    public long repeated() {
        return repeated;
    }

    private void closed(Day day) {
        day.flagged.forEach(id -> flagged.merge(id, 1L, Long::sum));
        accountDays.ifPresent(taker -> day.newest.ifPresent(newest -> taker.take(day.account, newest)));
    }

    private final class Looks implements PastCourse.Watcher {
        @Override
        public void counted(RequestFingerprint request) {
            history.add(request);
        }

        @Override
        public void dayClosed(AccountEntry entry, long day, StrandedProfile profile) {
            history.add(entry.account, day, profile);
        }

        @Override
        public void looked(AccountEntry entry, long timeMs, AccountWindows windows) {
            Assessment found = signatures.assess(windows);
            Day day = day(entry.account, EventTime.dayOf(EventTime.hourOf(timeMs)));
            for (Finding finding : found.findings()) {
                day.flagged.add(finding.getSignatureId());
                suspects.computeIfAbsent(entry.account, none -> new TreeSet<>()).add(finding.getSignatureId());
            }
            found.shadowed().forEach(finding -> day.flagged.add(finding.getSignatureId()));
            strengths(entry.account, timeMs, windows, found.findings());
            if (accountDays.isPresent() && windows.requests(DAY) >= AccountDays.LEAST_REQUESTS) {
                day.newest = windows.subject(DAY, Part.WHOLE).map(AccountDays.Day::new);
            }
            step(entry, timeMs, found.findings());
        }

        private void strengths(String account, long timeMs, AccountWindows windows, List<Finding> found) {
            strengths.seen(account, timeMs);
            if (windows.requests(DAY) >= AccountDays.LEAST_REQUESTS) {
                strengths.seen(account, timeMs, windows.profile(DAY).whole());
            }
            if (!found.isEmpty()) {
                signatures.strengths(
                        windows,
                        found.stream().map(Finding::getSignatureId).collect(Collectors.toSet()),
                        (signature, profile, margin, score) ->
                                strengths.held(account, timeMs, signature, profile, margin, score));
            }
        }

        private Day day(String account, long number) {
            Day day = days.get(account);
            if (day == null || day.number != number) {
                if (day != null) {
                    closed(day);
                }
                day = new Day(account, number);
                days.put(account, day);
            }
            return day;
        }

        private void step(AccountEntry entry, long timeMs, List<Finding> findings) {
            AccountState state = entry.state;
            state.alerts = lifecycle
                    .advance(
                            state.alerts,
                            new Observation(
                                    EntityType.ACCOUNT,
                                    entry.account,
                                    timeMs,
                                    findings,
                                    state.firstEventMs,
                                    state.requests,
                                    state.outputTokens,
                                    List.of()))
                    .memory();
        }

        @Override
        public Optional<Long> quietAtMs(AccountEntry entry) {
            return entry.state.alerts.open().isPresent()
                    ? Optional.of(lifecycle.closesAtMs(entry.state.alerts))
                    : Optional.empty();
        }

        @Override
        public void passTo(AccountEntry entry, long timeMs) {
            quietAtMs(entry).ifPresent(quietMs -> {
                long atMs = (EventTime.minuteOf(quietMs) + 1) * EventTime.MINUTE_MS;
                if (atMs <= timeMs) {
                    step(entry, atMs, List.of());
                }
            });
        }
    }
}

package io.stillwatch.account;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Observation;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an enrolment would have changed: an account's past, gone through once without it and once with it, as a pipeline would
 * have. Requests are taken in the order of their partition. Mutable and not thread-safe.
 */
public final class EnrolmentTrial {
    private static final Duration DAY = Duration.ofDays(1);

    private final String account;
    private final Enrolment enrolment;
    private final SortedMap<Long, Day> days = new TreeMap<>();
    private final Run without;
    private final Run with;

    /**
     * How a day of the account compares with what is vouched for, as of its last look.
     *
     * @param covered share of the prompts that the enrolment covers, 0 to 1; NaN where too few are known
     * @param breach why it would have vouched for nothing; empty where it would have
     */
    public record Day(double covered, Optional<String> breach) {}

    /**
     * What signatures found.
     *
     * @param severity of the signature
     * @param days days (UTC) on which it was found
     */
    public record Found(String severity, Set<Long> days) {}

    /** What one way of looking at the past comes to. */
    public static final class Result {
        private final SortedMap<String, Found> bySignature = new TreeMap<>();
        private final List<Alert> opened = new ArrayList<>();

        /** What was found, by the signature's id. */
        public SortedMap<String, Found> bySignature() {
            return bySignature;
        }

        /** The first steps of the alerts that are opened, also again. */
        public List<Alert> opened() {
            return opened;
        }
    }

    /**
     * Nothing has been taken yet.
     *
     * @param partitions that the requests are spread over
     * @param before what accounts are compared with so far
     * @param after the same with the enrolment
     */
    public EnrolmentTrial(
            AccountCourse.Rules rules,
            Duration quietTime,
            int partitions,
            SignatureSet signatures,
            Reference before,
            Reference after,
            Enrolment enrolment) {
        this.account = enrolment.account();
        this.enrolment = enrolment;
        this.without = new Run(rules, quietTime, partitions, signatures, before, false);
        this.with = new Run(rules, quietTime, partitions, signatures, after, true);
    }

    /** Takes in a request of the account, or that another has sent one. */
    public void take(RequestFingerprint request) {
        if (request.getAccountId().equals(account)) {
            without.course.take(request);
            with.course.take(request);
        } else {
            pass(request.getAccountId(), request.getEventTime());
        }
    }

    /** Takes in that another account has sent a request; milliseconds since 1970. */
    public void pass(String other, long timeMs) {
        without.course.pass(other, timeMs);
        with.course.pass(other, timeMs);
    }

    /** Takes in that nothing comes any more. */
    public void finish() {
        without.course.finish();
        with.course.finish();
    }

    public Result without() {
        return without.result;
    }

    public Result with() {
        return with.result;
    }

    /** The days on which the account was looked at, since 1970. */
    public SortedMap<Long, Day> days() {
        return days;
    }

    private final class Run implements PastCourse.Watcher {
        private final SignatureSet signatures;
        private final AlertLifecycle lifecycle;
        private final PastCourse course;
        private final boolean isEnrolled;
        private final Result result = new Result();

        Run(
                AccountCourse.Rules rules,
                Duration quietTime,
                int partitions,
                SignatureSet signatures,
                Reference reference,
                boolean isEnrolled) {
            this.signatures = signatures;
            this.lifecycle = new AlertLifecycle(quietTime, reference.name());
            this.isEnrolled = isEnrolled;
            this.course = new PastCourse(rules, partitions, reference, this);
        }

        @Override
        public void looked(AccountEntry entry, long timeMs, AccountWindows windows) {
            long day = EventTime.dayOf(EventTime.hourOf(timeMs));
            List<Finding> findings = signatures.assess(windows).findings();
            for (Finding finding : findings) {
                result.bySignature
                        .computeIfAbsent(
                                finding.getSignatureId(), none -> new Found(finding.getSeverity(), new HashSet<>()))
                        .days()
                        .add(day);
            }
            if (isEnrolled) {
                windows.subject(DAY, Part.WHOLE)
                        .ifPresent(subject -> days.put(
                                day,
                                new Day(
                                        subject.comparisons().get(Comparisons.Kind.ENROLLED),
                                        enrolment.breach(windows.profile(DAY).whole()))));
            }
            step(entry, timeMs, findings);
        }

        private void step(AccountEntry entry, long timeMs, List<Finding> findings) {
            AccountState state = entry.state;
            AlertLifecycle.Step step = lifecycle.advance(
                    state.alerts,
                    new Observation(
                            EntityType.ACCOUNT,
                            entry.account,
                            timeMs,
                            findings,
                            state.firstEventMs,
                            state.requests,
                            state.outputTokens,
                            List.of()));
            state.alerts = step.memory();
            step.alert()
                    .filter(alert -> alert.getState() == AlertState.OPENED || alert.getState() == AlertState.REOPENED)
                    .ifPresent(result.opened::add);
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

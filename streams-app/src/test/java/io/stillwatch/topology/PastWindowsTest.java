package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountCourse;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountWindows;
import io.stillwatch.account.AlertTimeline;
import io.stillwatch.account.Backtest;
import io.stillwatch.account.PastCourse;
import io.stillwatch.baseline.Reference;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read of an account's past is what the pipeline read when it looked, at every look and feature by feature. */
class PastWindowsTest {
    private static final String PLAN = """
            name: past
            seed: 3
            days: 24
            groups:
              - {behaviour: bulk-instruction-harvest, accounts: 1, requests: 600}
              - {behaviour: logprob-harvest, accounts: 1, requests: 200}
              - {persona: chat-user, accounts: 3, requests: 160}
              - {persona: support-bot, accounts: 1, requests: 200}
            """;

    /** Days after whose ends nobody sends anything for so many days. */
    private static final Map<Long, Integer> GAPS = Map.of(5L, 3, 11L, 9, 17L, 40);

    private static final AccountCourse.Rules RULES =
            PipelineOptions.defaults(1, "test").accountRules();

    private static final List<Duration> WINDOWS = List.of(
            Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(14), Duration.ofDays(30));

    /** What a look read: profiles as bytes' hashes, and all features of all parts of all windows. */
    private record Look(long timeMs, Map<String, Double> values) {
        static Look of(long timeMs, WindowedProfiles windows) {
            Map<String, Double> values = new TreeMap<>();
            for (Duration window : WINDOWS) {
                values.put(window + " requests", (double) windows.requests(window));
                values.put(window + " start", (double) windows.startMs(window));
                values.put(window + " profile", (double)
                        Arrays.hashCode(StrandedProfileCodec.encode(windows.profile(window))));
                for (Part part : Part.all()) {
                    Optional<Subject> subject = windows.subject(window, part);
                    for (Feature feature : Features.all()) {
                        subject.ifPresent(
                                one -> values.put(window + " " + part.id() + " " + feature.name(), feature.of(one)));
                    }
                }
            }
            return new Look(timeMs, values);
        }

        List<String> otherThan(Look then) {
            Map<String, Double> all = new TreeMap<>(values);
            all.putAll(then.values);
            return all.keySet().stream()
                    .filter(name -> !Objects.equals(values.get(name), then.values.get(name)))
                    .map(name -> name + ": " + values.get(name) + " for " + then.values.get(name))
                    .toList();
        }
    }

    private static List<RequestEvent> events() {
        List<RequestEvent> events = new ArrayList<>();
        Iterator<RequestEvent> simulated = new Simulator(PlanReader.read(PLAN)).events();
        long startMs = Long.MIN_VALUE;
        while (simulated.hasNext()) {
            RequestEvent event = simulated.next();
            startMs = startMs == Long.MIN_VALUE ? event.getEventTime() : startMs;
            long day = (event.getEventTime() - startMs) / TestPipeline.DAY_MS;
            long skipped = GAPS.entrySet().stream()
                    .filter(gap -> gap.getKey() < day)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            event.setEventTime(event.getEventTime() + skipped * TestPipeline.DAY_MS);
            events.add(event);
        }
        // One that is repeated, and one that comes too late.
        events.add(
                events.size() / 2,
                RequestEvent.newBuilder(events.get(events.size() / 2 - 1)).build());
        events.add(
                events.size() / 3,
                RequestEvent.newBuilder(events.get(events.size() / 3 - 1))
                        .setEventId("late")
                        .setEventTime(events.get(events.size() / 3 - 1).getEventTime() - 5 * TestPipeline.HOUR_MS)
                        .build());
        return events;
    }

    @Test
    void whatIsReadOfThePastIsWhatThePipelineReadAtEachLook() {
        List<RequestEvent> events = events();
        SignatureSet signatures = SignatureSet.bundled();
        Map<String, List<Look>> seen = new TreeMap<>();
        Map<String, List<Alert>> alerts = new HashMap<>();
        try (OfflinePipeline pipeline = new OfflinePipeline(
                signatures,
                (account, timeMs, findings, windows) ->
                        seen.computeIfAbsent(account, none -> new ArrayList<>()).add(Look.of(timeMs, windows)),
                step -> alerts.computeIfAbsent(step.getEntityId(), none -> new ArrayList<>())
                        .add(step))) {
            events.forEach(pipeline::send);
            pipeline.finish();
        }
        List<RequestFingerprint> fingerprints = fingerprints(events);

        int compared = 0;
        for (String account : seen.keySet()) {
            List<Look> past = past(account, fingerprints, alerts.getOrDefault(account, List.of()));
            List<Look> then = seen.get(account);
            for (int at = 0; at < past.size(); at++) {
                assertThat(past.get(at).timeMs()).isEqualTo(then.get(at).timeMs());
                assertThat(past.get(at).otherThan(then.get(at)))
                        .as("%s at look %d", account, at)
                        .isEmpty();
                compared++;
            }
            // The last hour is looked at when the log is over, which its records do not tell.
            assertThat(past.size()).isBetween(then.size() - 1, then.size());
        }
        assertThat(compared).isGreaterThan(200);
        assertThat(suspects(fingerprints, signatures))
                .as("what a backtest finds")
                .isEqualTo(alerts.values().stream()
                        .flatMap(List::stream)
                        .filter(step -> step.getEntityType().equals("account"))
                        .map(Alert::getEntityId)
                        .collect(Collectors.toSet()));
        assertThat(alerts.values().stream().flatMap(List::stream).map(Alert::getState))
                .contains(AlertState.OPENED, AlertState.CLOSED);
    }

    private static Set<String> suspects(List<RequestFingerprint> fingerprints, SignatureSet signatures) {
        Backtest backtest =
                new Backtest(RULES, Duration.ofHours(24), signatures, Reference.bundled(), Optional.empty());
        fingerprints.forEach(backtest::take);
        backtest.finish();
        assertThat(backtest.late()).isEqualTo(1);
        assertThat(backtest.repeated()).isEqualTo(1);
        assertThat(backtest.history().requests()).isEqualTo(fingerprints.size() - 2);
        return backtest.suspects().keySet();
    }

    private static List<RequestFingerprint> fingerprints(List<RequestEvent> events) {
        Fingerprinter fingerprinter = new Fingerprinter();
        return events.stream().map(fingerprinter::fingerprint).toList();
    }

    /** Only the account's own fingerprints are read; of others no more than who sent something when. */
    private static List<Look> past(String account, List<RequestFingerprint> fingerprints, List<Alert> steps) {
        List<Look> looks = new ArrayList<>();
        AlertTimeline alerts = new AlertTimeline(steps);
        PastCourse course = new PastCourse(RULES, 1, Reference.bundled(), new PastCourse.Watcher() {
            @Override
            public void looked(AccountEntry entry, long timeMs, AccountWindows windows) {
                looks.add(Look.of(timeMs, windows));
                alerts.passTo(entry, timeMs);
            }

            @Override
            public Optional<Long> quietAtMs(AccountEntry entry) {
                return alerts.quietAtMs(entry);
            }

            @Override
            public void passTo(AccountEntry entry, long timeMs) {
                alerts.passTo(entry, timeMs);
            }
        });
        for (RequestFingerprint fingerprint : fingerprints) {
            if (fingerprint.getAccountId().equals(account)) {
                course.take(fingerprint);
            } else {
                course.pass(fingerprint.getAccountId(), fingerprint.getEventTime());
            }
        }
        assertThat(new TreeSet<>(looks.stream().map(Look::timeMs).toList())).isNotEmpty();
        return looks;
    }
}

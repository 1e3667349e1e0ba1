package io.stillwatch.topology;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.Observation;
import io.stillwatch.profile.Feature;
import io.stillwatch.profile.Features;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.ProfileCodec;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.SignatureSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps every account's panes and says when to look at them.
 *
 * <p>An account is evaluated when the requests in its day window have grown by a quarter since the last look, when its
 * pane closes, and when an open alert has been quiet for long enough: always by event time, in the order of the
 * partition, so the same records give the same alerts live, replayed or restarted.
 */
final class ProfileProcessor implements Processor<String, RequestFingerprint, String, Object> {
    static final String STORE = "panes";

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final int DAY_HOURS = 24;
    private static final Duration DAY = Duration.ofHours(DAY_HOURS);
    private static final int FIRST_STEP = 16;
    private static final int STEP_DIVISOR = 4;

    private final PipelineOptions options;
    private final SignatureSet signatures;
    private final AlertLifecycle lifecycle;
    private final List<String> alertNodes;
    private final String profileNode;
    private ProcessorContext<String, Object> context;
    private PaneStore store;

    ProfileProcessor(PipelineOptions options, SignatureSet signatures, List<String> alertNodes, String profileNode) {
        this.options = options;
        this.signatures = signatures;
        this.lifecycle = new AlertLifecycle(options.quietTime(), "");
        this.alertNodes = alertNodes;
        this.profileNode = profileNode;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, RequestFingerprint> record) {
        RequestFingerprint request = record.value();
        PartitionClock clock = store.clock();
        long minuteBefore = clock.started() ? Math.floorDiv(clock.nowMs(), MINUTE_MS) : Long.MIN_VALUE;
        clock.observe(request.getAccountId(), request.getEventTime());
        store.clockMoved();
        count(request, clock.nowMs());
        long minute = Math.floorDiv(clock.nowMs(), MINUTE_MS);
        if (minute > minuteBefore) {
            passTime(minute);
        }
        store.relieve();
    }

    private void count(RequestFingerprint request, long partitionMs) {
        AccountEntry entry = store.open(request.getAccountId());
        AccountState state = entry.state;
        long timeMs = request.getEventTime();
        // A stamp far ahead of everybody else must not make the account's own later events late.
        long vouchedMs = Math.min(state.clockMs, partitionMs);
        if (state.requests > 0 && timeMs < vouchedMs - options.grace().toMillis()) {
            state.late++;
            throw new LateEventException(timeMs, vouchedMs, options.grace());
        }
        long hour = Math.floorDiv(timeMs, HOUR_MS);
        if (alreadySeen(entry, request, hour)) {
            state.duplicates++;
            return;
        }
        state.clockMs = Math.max(state.clockMs, timeMs);
        state.arrivedMs = partitionMs;
        long current = Math.max(hour, Math.floorDiv(Math.min(state.clockMs, partitionMs), HOUR_MS));
        if (current > state.currentHour && state.changedSinceEvaluation) {
            closePane(entry, state.currentHour);
        }
        if (current > state.currentHour) {
            store.dropBefore(
                    entry,
                    Math.min(current, Math.floorDiv(partitionMs, HOUR_MS))
                            - options.retention().toHours());
        }
        state.currentHour = current;
        store.paneToChange(entry, hour).add(request);
        store.seen(entry, hour).add(request.getEventId());
        entry.dirtySeen.add(hour);
        if (hour < current && entry.mergedBefore == current) {
            entry.merged.forEach((hours, closed) -> {
                if (hour > current - hours) {
                    closed.add(request);
                }
            });
        }
        state.firstEventMs = Math.min(state.firstEventMs, timeMs);
        state.requests++;
        state.outputTokens += Math.max(0, request.getOutputTokens());
        state.changedSinceEvaluation = true;
        if (store.requests(entry, current, DAY_HOURS) >= Math.max(FIRST_STEP, state.nextStep)) {
            evaluate(entry, current, timeMs);
        }
        setTimer(entry, current);
    }

    /** Looks in the event's own clock hour and the one before, so a repetition within an hour is always found. */
    private boolean alreadySeen(AccountEntry entry, RequestFingerprint request, long hour) {
        return store.seen(entry, hour).contains(request.getEventId())
                || entry.state.hasPane(hour - 1) && store.seen(entry, hour - 1).contains(request.getEventId());
    }

    private void setTimer(AccountEntry entry, long hour) {
        long paneCloses = entry.state.changedSinceEvaluation ? (hour + 1) * 60 : AccountState.NO_TIMER;
        long alertCloses = entry.state.alerts.open().isPresent()
                ? Math.floorDiv(lifecycle.closesAtMs(entry.state.alerts), MINUTE_MS) + 1
                : AccountState.NO_TIMER;
        long next = Math.min(Math.min(paneCloses, alertCloses), expires(entry));
        if (next == AccountState.NO_TIMER) {
            store.clearTimer(entry);
        } else {
            store.setTimer(entry, next);
        }
    }

    /** The minute at which nothing of a silent account is within its windows any more. */
    private long expires(AccountEntry entry) {
        return entry.state.paneHours.isEmpty()
                ? AccountState.NO_TIMER
                : Math.floorDiv(entry.state.arrivedMs + options.retention().toMillis(), MINUTE_MS) + 1;
    }

    private void passTime(long minute) {
        for (String account : store.due(minute)) {
            AccountEntry entry = store.open(account);
            long dueMs = entry.state.timerMinute * MINUTE_MS;
            long hour = entry.state.currentHour;
            if (entry.state.changedSinceEvaluation && dueMs >= (hour + 1) * HOUR_MS) {
                closePane(entry, hour);
            } else if (entry.state.alerts.open().isPresent()) {
                step(entry, List.of(), dueMs, List.of());
            }
            if (!entry.state.changedSinceEvaluation && minute >= expires(entry)) {
                store.dropBefore(entry, Long.MAX_VALUE);
            }
            setTimer(entry, hour);
            store.relieve();
        }
    }

    private void closePane(AccountEntry entry, long hour) {
        evaluate(entry, hour, (hour + 1) * HOUR_MS - 1);
        ProfileSnapshot snapshot = snapshot(entry, hour);
        context.forward(
                new Record<>(
                        entry.account,
                        snapshot,
                        snapshot.getTime(),
                        CloudEventHeaders.of(
                                entry.account + "/" + snapshot.getTime(),
                                "io.stillwatch.profile.snapshot.v1",
                                "application/avro",
                                snapshot.getTime())),
                profileNode);
    }

    private void evaluate(AccountEntry entry, long hour, long timeMs) {
        AccountState state = entry.state;
        Map<Duration, Profile> windows = new HashMap<>();
        List<Finding> findings = signatures.evaluate(
                window -> windows.computeIfAbsent(window, length -> store.window(entry, hour, (int) length.toHours())),
                (hour + 1) * HOUR_MS);
        long requests = store.requests(entry, hour, DAY_HOURS);
        state.nextStep = requests + Math.max(FIRST_STEP / 2, requests / STEP_DIVISOR);
        state.changedSinceEvaluation = false;
        List<String> examples = findings.isEmpty()
                ? List.of()
                : windows.get(Duration.parse(findings.get(0).getWindow())).exampleEventIds();
        step(entry, findings, timeMs, examples);
    }

    private void step(AccountEntry entry, List<Finding> findings, long timeMs, List<String> examples) {
        AccountState state = entry.state;
        AlertLifecycle.Step step = lifecycle.advance(
                state.alerts,
                new Observation(
                        "account",
                        entry.account,
                        timeMs,
                        findings,
                        state.firstEventMs,
                        state.requests,
                        state.outputTokens,
                        examples));
        state.alerts = step.memory();
        step.alert().ifPresent(this::publish);
    }

    private void publish(Alert alert) {
        Record<String, Object> record = new Record<>(
                alert.getEntityId(),
                alert,
                alert.getTime(),
                CloudEventHeaders.of(
                        alert.getAlertId() + "/" + alert.getSequence(),
                        "io.stillwatch.alert.v1",
                        "application/avro",
                        alert.getTime()));
        for (String node : alertNodes) {
            context.forward(record, node);
        }
    }

    private ProfileSnapshot snapshot(AccountEntry entry, long hour) {
        Profile day = store.window(entry, hour, DAY_HOURS);
        Map<String, Double> features = new HashMap<>();
        for (Feature feature : Features.all()) {
            double value = feature.of(day);
            if (Double.isFinite(value)) {
                features.put(feature.name(), value);
            }
        }
        return ProfileSnapshot.newBuilder()
                .setEntityType("account")
                .setEntityId(entry.account)
                .setTime((hour + 1) * HOUR_MS - 1)
                .setWindow(DAY.toString())
                .setRequests(day.requests())
                .setFeatures(features)
                .setProfile(ByteBuffer.wrap(ProfileCodec.encode(day)))
                .build();
    }
}

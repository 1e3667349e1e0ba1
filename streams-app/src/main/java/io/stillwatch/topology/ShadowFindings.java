package io.stillwatch.topology;

import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.ShadowFindingState;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells when a signature in shadow begins to hold for an account and when it ceases to: at a look that finds it no more,
 * or when the account has been quiet for as long as closes an alert.
 */
final class ShadowFindings {
    private final ProcessorContext<String, Object> context;
    private final String node;
    private final Duration quietTime;

    /** @param node that takes shadow findings */
    ShadowFindings(ProcessorContext<String, Object> context, String node, Duration quietTime) {
        this.context = context;
        this.node = node;
        this.quietTime = quietTime;
    }

    /**
     * Takes in a look.
     *
     * @param shadowed signatures in shadow that hold
     * @param considered whether the look says anything about a signature that holds no more
     * @param timeMs event time of the look
     */
    void advance(AccountEntry entry, List<Finding> shadowed, Predicate<String> considered, long timeMs) {
        ShadowMemory memory = entry.state.shadows;
        if (shadowed.isEmpty() && memory.isEmpty()) {
            return;
        }
        Map<String, Finding> now = new LinkedHashMap<>();
        shadowed.forEach(finding -> now.put(finding.getSignatureId(), finding));
        Map<String, ShadowMemory.Held> before = new HashMap<>(memory.held);
        before.forEach((id, held) -> {
            Finding finding = now.get(id);
            boolean over = finding == null ? considered.test(id) : finding.getSignatureVersion() != held.version();
            if (over) {
                end(entry, id, held, timeMs);
            }
        });
        now.forEach((id, finding) -> {
            if (!memory.held.containsKey(id)) {
                memory.held.put(id, new ShadowMemory.Held(finding.getSignatureVersion(), timeMs));
                publish(began(entry.account, finding, timeMs));
            }
        });
        if (!shadowed.isEmpty()) {
            memory.lastHeldMs = Math.max(memory.lastHeldMs, timeMs);
        }
    }

    /** The minute from which on the account has been quiet for long enough; {@link AccountState#NO_TIMER} for never. */
    long quietMinute(AccountEntry entry) {
        ShadowMemory memory = entry.state.shadows;
        return memory.isEmpty()
                ? AccountState.NO_TIMER
                : EventTime.minuteOf(memory.lastHeldMs + quietTime.toMillis()) + 1;
    }

    /** Ends what holds at the minute it was due, whether the account's own event or somebody else's shows that. */
    void endQuiet(AccountEntry entry, long timeMs) {
        long minute = quietMinute(entry);
        if (minute != AccountState.NO_TIMER && minute * EventTime.MINUTE_MS <= timeMs) {
            advance(entry, List.of(), id -> true, minute * EventTime.MINUTE_MS);
        }
    }

    private void end(AccountEntry entry, String id, ShadowMemory.Held held, long timeMs) {
        entry.state.shadows.held.remove(id);
        publish(step(entry.account, id, held.version(), held.sinceMs(), ShadowFindingState.ENDED, timeMs)
                .build());
    }

    private static ShadowFinding began(String account, Finding finding, long timeMs) {
        Map<String, Double> evidence = new HashMap<>();
        for (FeatureValue value : finding.getEvidence()) {
            evidence.put(value.getName(), value.getValue());
        }
        return step(
                        account,
                        finding.getSignatureId(),
                        finding.getSignatureVersion(),
                        timeMs,
                        ShadowFindingState.BEGAN,
                        timeMs)
                .setTitle(finding.getTitle())
                .setSeverity(finding.getSeverity())
                .setScore(finding.getScore())
                .setWindow(finding.getWindow())
                .setStrand(finding.getStrand())
                .setRequests(finding.getRequests())
                .setOutputTokens(finding.getOutputTokens())
                .setCompleteness(finding.getCompleteness())
                .setEvidence(evidence)
                .build();
    }

    private static ShadowFinding.Builder step(
            String account, String id, int version, long sinceMs, ShadowFindingState state, long timeMs) {
        return ShadowFinding.newBuilder()
                .setEntityType("account")
                .setEntityId(account)
                .setSignatureId(id)
                .setSignatureVersion(version)
                .setState(state)
                .setTime(timeMs)
                .setSince(sinceMs);
    }

    private void publish(ShadowFinding finding) {
        context.forward(
                new Record<>(
                        finding.getEntityId(),
                        finding,
                        finding.getTime(),
                        CloudEventHeaders.of(
                                finding.getEntityId() + "/" + finding.getSignatureId() + "/"
                                        + finding.getSignatureVersion() + "/" + finding.getSince() + "/"
                                        + finding.getState(),
                                EventTypes.FINDING,
                                "application/avro",
                                finding.getTime())),
                node);
    }
}

package io.stillwatch.topology.alerting;

import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.EventTime;
import io.stillwatch.account.ShadowMemory;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.ShadowFindingState;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells when a signature begins to hold for an entity without alerting, as it is in shadow or the allowlist lets it pass,
 * and when it ceases to: at a look that finds it no more, or when the entity has been quiet for as long as closes an alert.
 */
public final class ShadowFindings {
    private final ProcessorContext<String, Object> context;
    private final String node;
    private final Duration quietTime;

    /**
     * Who it is about.
     *
     * @param type account or campaign
     */
    public record Entity(String type, String id, ShadowMemory memory) {
        public static Entity of(AccountEntry entry) {
            return new Entity("account", entry.account, entry.state.shadows);
        }
    }

    /** @param node that takes shadow findings */
    public ShadowFindings(ProcessorContext<String, Object> context, String node, Duration quietTime) {
        this.context = context;
        this.node = node;
        this.quietTime = quietTime;
    }

    /**
     * Takes in a look; gives what is to be remembered from now on.
     *
     * @param silent what holds without alerting
     * @param considered whether the look says anything about a signature that holds no more
     * @param timeMs event time of the look
     */
    public ShadowMemory advance(Entity entity, List<Shadowed> silent, Predicate<String> considered, long timeMs) {
        ShadowMemory memory = entity.memory();
        if (silent.isEmpty() && memory.isEmpty()) {
            return memory;
        }
        Map<String, Shadowed> now = new LinkedHashMap<>();
        silent.forEach(one -> now.put(one.finding().getSignatureId(), one));
        for (Map.Entry<String, ShadowMemory.Held> before :
                entity.memory().held().entrySet()) {
            String id = before.getKey();
            ShadowMemory.Held held = before.getValue();
            Shadowed one = now.get(id);
            boolean over = one == null
                    ? considered.test(id)
                    : one.finding().getSignatureVersion() != held.version()
                            || !one.allowedBy().equals(held.allowedBy());
            if (over) {
                memory = memory.without(id);
                publish(step(entity, id, held, ShadowFindingState.ENDED, timeMs).build());
            }
        }
        for (Map.Entry<String, Shadowed> holding : now.entrySet()) {
            if (!memory.held().containsKey(holding.getKey())) {
                Shadowed one = holding.getValue();
                ShadowMemory.Held held =
                        new ShadowMemory.Held(one.finding().getSignatureVersion(), timeMs, one.allowedBy());
                memory = memory.with(holding.getKey(), held);
                publish(began(entity, one.finding(), held));
            }
        }
        return silent.isEmpty() ? memory : memory.heldAt(timeMs);
    }

    /** The minute from which on the entity has been quiet for long enough; {@link AccountState#NO_TIMER} for never. */
    public long quietMinute(ShadowMemory memory) {
        return memory.isEmpty()
                ? AccountState.NO_TIMER
                : EventTime.minuteOf(memory.lastHeldMs() + quietTime.toMillis()) + 1;
    }

    /**
     * Ends what holds at the minute it was due, whether the account's own event or somebody else's shows that; gives what is
     * to be remembered from now on.
     */
    public ShadowMemory endQuiet(Entity entity, long timeMs) {
        long minute = quietMinute(entity.memory());
        return minute != AccountState.NO_TIMER && minute * EventTime.MINUTE_MS <= timeMs
                ? advance(entity, List.of(), id -> true, minute * EventTime.MINUTE_MS)
                : entity.memory();
    }

    private static ShadowFinding began(Entity entity, Finding finding, ShadowMemory.Held held) {
        Map<String, Double> evidence = new HashMap<>();
        for (FeatureValue value : finding.getEvidence()) {
            evidence.put(value.getName(), value.getValue());
        }
        return step(entity, finding.getSignatureId(), held, ShadowFindingState.BEGAN, held.sinceMs())
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
            Entity entity, String id, ShadowMemory.Held held, ShadowFindingState state, long timeMs) {
        return ShadowFinding.newBuilder()
                .setEntityType(entity.type())
                .setEntityId(entity.id())
                .setSignatureId(id)
                .setSignatureVersion(held.version())
                .setState(state)
                .setTime(timeMs)
                .setSince(held.sinceMs())
                .setAllowlistId(held.allowedBy().isEmpty() ? null : held.allowedBy());
    }

    private void publish(ShadowFinding finding) {
        String entry = finding.getAllowlistId() == null ? "" : "/" + finding.getAllowlistId();
        context.forward(
                new Record<>(
                        finding.getEntityId(),
                        finding,
                        Math.max(0, finding.getTime()),
                        CloudEventHeaders.of(
                                finding.getEntityId() + "/" + finding.getSignatureId() + "/"
                                        + finding.getSignatureVersion() + "/" + finding.getSince() + "/"
                                        + finding.getState() + entry,
                                EventTypes.FINDING,
                                "application/avro",
                                finding.getTime())),
                node);
    }
}

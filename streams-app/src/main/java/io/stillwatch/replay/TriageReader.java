package io.stillwatch.replay;

import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.ShadowFindingState;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what analysts did off the topics: the audit trail, the allowlist, and what that suppresses. */
public final class TriageReader {
    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> clientProperties;

    /** @param clientProperties with the cluster's address */
    public TriageReader(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        this.clientProperties = Map.copyOf(clientProperties);
    }

    /** Lines of the audit trail, oldest first; those that cannot be read are left out, as the pipeline does. */
    public List<TriageRecord> trail(Predicate<TriageRecord> wanted) {
        Deserializer<TriageRecord> deserializer =
                serdes.serde(TriageRecord.class).deserializer();
        List<TriageRecord> trail = new ArrayList<>();
        WholeTopic.read(topics.triage(), clientProperties, record -> {
            try {
                TriageRecord line = deserializer.deserialize(topics.triage(), record.value());
                if (line != null && wanted.test(line)) {
                    trail.add(line);
                }
            } catch (SerializationException e) {
                // Anybody may write there; one line that is none must not hide the others.
            }
        });
        return trail;
    }

    /**
     * The allowlist.
     *
     * @param byId entries
     * @param unreadable ids whose record is no entry of it; count
     */
    public record Allowed(Map<String, AllowlistEntry> byId, int unreadable) {}

    /** The allowlist as it is now. */
    public Allowed allowlist() {
        Deserializer<AllowlistEntry> deserializer =
                serdes.serde(AllowlistEntry.class).deserializer();
        Map<String, AllowlistEntry> byId = new TreeMap<>();
        Map<String, byte[]> newest = CompactedTopic.newest(topics.allowlist(), key -> true, clientProperties);
        newest.forEach((id, bytes) -> {
            try {
                AllowlistEntry entry = deserializer.deserialize(topics.allowlist(), bytes);
                if (entry.getId().equals(id)) {
                    byId.put(id, entry);
                }
            } catch (SerializationException e) {
                // Counted below: it is missing among the entries.
            }
        });
        return new Allowed(byId, newest.size() - byId.size());
    }

    /**
     * What an entry suppresses.
     *
     * @param now findings that would alert now; count
     * @param ever findings that would have alerted, each counted as often as it began; count
     */
    public record Suppressed(long now, long ever) {
        /** Nothing. */
        public static final Suppressed NONE = new Suppressed(0, 0);
    }

    /** What each entry of the allowlist suppresses, by its id, also of those that are no more. */
    public Map<String, Suppressed> suppressed() {
        Deserializer<ShadowFinding> deserializer =
                serdes.serde(ShadowFinding.class).deserializer();
        Map<String, Suppressed> byEntry = new HashMap<>();
        WholeTopic.read(topics.findings(), clientProperties, record -> {
            try {
                ShadowFinding finding = deserializer.deserialize(topics.findings(), record.value());
                if (finding != null && finding.getAllowlistId() != null) {
                    boolean began = finding.getState() == ShadowFindingState.BEGAN;
                    byEntry.merge(
                            finding.getAllowlistId(),
                            new Suppressed(began ? 1 : -1, began ? 1 : 0),
                            (before, one) -> new Suppressed(before.now() + one.now(), before.ever() + one.ever()));
                }
            } catch (SerializationException e) {
                // As the audit trail: one record that is none must not hide the others.
            }
        });
        return byEntry;
    }
}

package io.stillwatch.topology.control;

import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders of analysts, in the order of their topic.
 *
 * <p>Every instance reads the whole topic, before its first request and then all the time. Who owns an entity applies the
 * orders about it and stores with its state how far it has come, in the same transaction; so an order is taken once, also
 * where a partition moves to another instance. The newest {@value #MOST} orders are kept, which is for those that have just
 * come: what is older was taken long ago, or has found no alert. Shared by the partitions of an instance; thread-safe.
 */
public final class LiveTriage {
    /** The global store; it stays empty. */
    public static final String STORE = "triage-orders";

    /** What is ordered about alerts. */
    public static final Set<TriageAction> ABOUT_ALERTS = Set.of(
            TriageAction.NOTE, TriageAction.ACKNOWLEDGE, TriageAction.CLOSE, TriageAction.REOPEN, TriageAction.DISPOSE);

    private static final Logger LOG = LoggerFactory.getLogger(LiveTriage.class);
    private static final int MOST = 50_000;

    /** Of all orders together. */
    private static final long MOST_BYTES = 64L << 20;

    /** An order has two sentences; the rest of a megabyte is nothing to keep in memory. */
    private static final int LONGEST = 16_384;

    private final Deserializer<TriageRecord> deserializer;
    private final TreeMap<Long, Raw> newest = new TreeMap<>();
    private final Refusals refusals = new Refusals("a triage record");
    private long bytes;
    private volatile long end = -1;

    /** Up to this offset it has been said what cannot be read: each partition asks for itself. */
    private long toldTo = -1;

    /**
     * An order.
     *
     * @param offset its place in the topic
     * @param entityId the account or campaign that it is about; empty where it does not say
     */
    public record Order(long offset, TriageRecord record, String entityId) {
        /** Whether it may be about an entity of a type: it need not say of which type the entity is. */
        public boolean mayConcern(String entityType) {
            return record.getEntityType() == null || record.getEntityType().equals(entityType);
        }
    }

    private record Raw(String key, Bytes value) {
        int bytes() {
            return value.get().length;
        }
    }

    public LiveTriage(Deserializer<TriageRecord> deserializer) {
        this.deserializer = deserializer;
    }

    /** Takes a record of the topic. */
    public synchronized void take(long offset, String key, byte[] value) {
        if (key != null && key.length() > LONGEST) {
            refusals.tell(key, "its key has more than " + LONGEST + " characters");
        } else if (value != null && value.length > LONGEST) {
            refusals.tell(key, "it has " + value.length + " bytes, and more than " + LONGEST + " are no order");
        } else if (value != null) {
            Raw before = newest.put(offset, new Raw(key, Bytes.wrap(value)));
            bytes += value.length - (before == null ? 0 : before.bytes());
            while (newest.size() > MOST || bytes > MOST_BYTES) {
                bytes -= newest.pollFirstEntry().getValue().bytes();
            }
        }
        end = Math.max(end, offset);
    }

    /** The offset of the newest record; -1 where there is none. Cheap enough to be asked all the time. */
    public long end() {
        return end;
    }

    /**
     * What is to be done.
     *
     * @param orders of the wanted kinds, in the order of the topic
     * @param end how far the topic has been read with them
     */
    public record Batch(List<Order> orders, long end) {}

    /**
     * The orders after an offset; those after one that needs a schema registry wait until that answers.
     *
     * @param wanted kinds of orders
     */
    public synchronized Batch after(long offset, Set<TriageAction> wanted) {
        List<Order> orders = new ArrayList<>();
        for (Map.Entry<Long, Raw> entry : newest.tailMap(offset, false).entrySet()) {
            Raw raw = entry.getValue();
            try {
                TriageRecord record =
                        deserializer.deserialize(STORE, raw.value().get());
                if (wanted.contains(record.getAction())) {
                    String entity = record.getEntityId() == null ? raw.key() : record.getEntityId();
                    orders.add(new Order(entry.getKey(), record, entity == null ? "" : entity));
                }
            } catch (RegistryUnavailableException e) {
                LOG.warn("Orders of analysts wait until the schema registry answers: {}", e.getMessage());
                return new Batch(orders, entry.getKey() - 1);
            } catch (SerializationException e) {
                if (entry.getKey() > toldTo) {
                    toldTo = entry.getKey();
                    refusals.tell(raw.key(), "it cannot be read, at offset " + toldTo + ": " + e.getMessage());
                }
            }
        }
        return new Batch(orders, end);
    }
}

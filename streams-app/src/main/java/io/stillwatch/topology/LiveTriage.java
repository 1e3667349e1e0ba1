package io.stillwatch.topology;

import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders of the triage topic, in the order in which they were given, in a global store: every instance reads all of
 * them, before its first record and then all the time. Used by one task; not thread-safe.
 */
final class LiveTriage implements LiftOrders {
    /** The global store: offset in hexadecimal to the bytes of the record. */
    static final String STORE = "triage-orders";

    private static final Logger LOG = LoggerFactory.getLogger(LiveTriage.class);

    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Deserializer<TriageRecord> deserializer;
    private String seen = "";

    LiveTriage(ReadOnlyKeyValueStore<String, byte[]> store, Deserializer<TriageRecord> deserializer) {
        this.store = store;
        this.deserializer = deserializer;
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    @Override
    public List<TriageRecord> since() {
        List<TriageRecord> lifts = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.range(seen, null)) {
            while (all.hasNext()) {
                var entry = all.next();
                if (!entry.key.equals(seen)) {
                    seen = entry.key;
                    read(entry.value, lifts);
                }
            }
        }
        return lifts;
    }

    private void read(byte[] bytes, List<TriageRecord> lifts) {
        try {
            TriageRecord order = deserializer.deserialize(STORE, bytes);
            if (order.getAction() == TriageAction.LIFT) {
                lifts.add(order);
            }
        } catch (SerializationException e) {
            LOG.warn("Skipped a triage record that cannot be read: {}", e.getMessage());
        }
    }

    /** Keeps every record, whatever its key: several orders about one entity all count. */
    static final class Keeper implements Processor<String, byte[], Void, Void> {
        private ProcessorContext<Void, Void> context;
        private KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> processorContext) {
            context = processorContext;
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            long offset = context.recordMetadata().orElseThrow().offset();
            if (record.value() != null) {
                store.put(String.format(Locale.ROOT, "%016x", offset), record.value());
            }
        }
    }
}

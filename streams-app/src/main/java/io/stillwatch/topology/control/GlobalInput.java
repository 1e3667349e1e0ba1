package io.stillwatch.topology.control;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Hands the records of a topic that every instance reads all of to whoever keeps them in memory, as they came; nothing is
 * decoded, so nothing can stop here. The store that Streams reads a topic for stays empty.
 */
public final class GlobalInput implements Processor<String, byte[], Void, Void> {
    /** Takes a record, perhaps once more when the topic is read anew. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes a record.
         *
         * @param offset place in the topic's one partition
         * @param value null for a tombstone
         */
        void take(long offset, String key, byte[] value);
    }

    private final Taker taker;
    private ProcessorContext<Void, Void> context;

    public GlobalInput(Taker taker) {
        this.taker = taker;
    }

    /** Its changelog would be the topic itself. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        context.recordMetadata().ifPresent(at -> taker.take(at.offset(), record.key(), record.value()));
    }
}

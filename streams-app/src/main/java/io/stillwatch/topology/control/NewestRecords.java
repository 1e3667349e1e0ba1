package io.stillwatch.topology.control;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the newest record of each key of a topic as it came; nothing is decoded, so nothing can stop here. */
public final class NewestRecords implements Processor<String, byte[], Void, Void> {
    private final String name;
    private KeyValueStore<String, byte[]> store;

    /** @param name of the store */
    public NewestRecords(String name) {
        this.name = name;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(name);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() != null) {
            store.put(record.key(), record.value());
        }
    }
}

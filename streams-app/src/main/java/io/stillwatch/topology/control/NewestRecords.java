package io.stillwatch.topology.control;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest record of each key of a topic as it came; nothing is decoded, so nothing can stop here. One that is
 * longer than its kind can be counts as none, and of keys there are no more than a bound, as they lie in memory.
 */
public final class NewestRecords implements Processor<String, byte[], Void, Void> {
    private final String name;
    private final Bounds bounds;
    private final Refusals refusals;
    private KeyValueStore<String, byte[]> store;

    /**
     * What is kept at most.
     *
     * @param longestKey characters
     * @param longestValue bytes
     * @param mostKeys count
     */
    public record Bounds(int longestKey, int longestValue, long mostKeys) {}

    /**
     * @param name of the store
     * @param what the records are, for messages
     */
    public NewestRecords(String name, String what, Bounds bounds) {
        this.name = name;
        this.bounds = bounds;
        this.refusals = new Refusals(what);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(name);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        String key = record.key();
        byte[] value = record.value();
        if (key == null) {
            return;
        }
        if (key.length() > bounds.longestKey()) {
            refusals.tell(key, "its key has more than " + bounds.longestKey() + " characters");
        } else if (value != null && value.length > bounds.longestValue()) {
            refusals.tell(key, "it has more than " + bounds.longestValue() + " bytes");
            store.delete(key);
        } else if (value != null
                && bounds.mostKeys() < Long.MAX_VALUE
                && store.approximateNumEntries() >= bounds.mostKeys()
                && store.get(key) == null) {
            refusals.tell(key, "there are " + bounds.mostKeys() + " already; retract some");
        } else {
            store.put(key, value);
        }
    }
}

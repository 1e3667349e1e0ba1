package io.stillwatch.topology.state;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/** A store in memory that notes where each range that it is asked for begins. */
final class AskedStore extends InMemoryKeyValueStore {
    private final List<Bytes> from;

    AskedStore(List<Bytes> from) {
        super("accounts");
        this.from = from;
    }

    @Override
    public synchronized KeyValueIterator<Bytes, byte[]> range(Bytes first, Bytes last) {
        from.add(first);
        return super.range(first, last);
    }
}

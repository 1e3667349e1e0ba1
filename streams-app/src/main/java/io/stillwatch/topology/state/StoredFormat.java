package io.stillwatch.topology.state;

import io.stillwatch.account.StateFormat;
import io.stillwatch.topology.PipelineException;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The number of the format that is kept with each store. */
public final class StoredFormat {
    private StoredFormat() {}

    /**
     * Refuses a store that was written in another format, before anything of it is read.
     *
     * @param key where the number stands in the store
     * @return what to write there, with the first thing that is written; empty where it stands there
     * @throws PipelineException when the store is of another format; its sentence says what to do, and what that costs
     */
    public static <K> Optional<byte[]> check(KeyValueStore<K, byte[]> store, K key) {
        boolean isEmpty;
        try (KeyValueIterator<K, byte[]> any = store.all()) {
            isEmpty = !any.hasNext();
        }
        try {
            return StateFormat.check(Optional.ofNullable(store.get(key)), isEmpty);
        } catch (StateFormat.OtherFormatException e) {
            throw PipelineException.saying(e.getMessage());
        }
    }
}

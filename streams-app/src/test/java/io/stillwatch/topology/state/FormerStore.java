package io.stillwatch.topology.state;

import io.stillwatch.account.StateFormat;
import io.stillwatch.profile.codec.StateWriter;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Stores that another release has written. */
public final class FormerStore {
    private FormerStore() {}

    /** A store of the next format's number. */
    public static <K> KeyValueStore<K, byte[]> of(StoreBuilder<KeyValueStore<K, byte[]>> builder, K key) {
        return opened(builder.build(), key);
    }

    static <K> KeyValueStore<K, byte[]> opened(KeyValueStore<K, byte[]> store, K key) {
        StateStore root = store;
        store.init(new MockProcessorContext<String, String>().getStateStoreContext(), root);
        StateWriter number = new StateWriter();
        number.writeUnsigned(StateFormat.NUMBER + 1);
        store.put(key, number.toByteArray());
        return store;
    }
}

package io.stillwatch.topology.decision;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.topology.control.NewestRecords;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The decisions of all accounts on every instance, so that any of them can answer for any account. Thread-safe.
 *
 * <p>In memory: there are as many as accounts that something is done about, not as accounts.
 */
public final class LiveDecisions {
    /** The global store: account to the bytes of its newest decision. */
    public static final String STORE = "decisions-in-force";

    /** What is kept of the topic: a decision has a reason of some sentences. */
    public static final NewestRecords.Bounds BOUNDS = new NewestRecords.Bounds(512, 16 << 10, Long.MAX_VALUE);

    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Deserializer<Decision> deserializer;

    public LiveDecisions(ReadOnlyKeyValueStore<String, byte[]> store, Deserializer<Decision> deserializer) {
        this.store = store;
        this.deserializer = deserializer;
    }

    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    /**
     * How many decisions are in force, by action.
     *
     * @param nowMs the wall clock, milliseconds since 1970
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException where the pipeline does not run
     */
    public Map<DecisionAction, Integer> inForce(long nowMs) {
        Map<DecisionAction, Integer> counts = new EnumMap<>(DecisionAction.class);
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                Decision decision;
                try {
                    decision = deserializer.deserialize(STORE, all.next().value);
                } catch (SerializationException unreadable) {
                    continue;
                }
                if ((decision.getEffectiveFrom() == null || decision.getEffectiveFrom() <= nowMs)
                        && (decision.getValidUntil() == null || nowMs < decision.getValidUntil())) {
                    counts.merge(decision.getAction(), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /**
     * What was decided about an account, in force or not.
     *
     * @throws SerializationException where that cannot be read
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException where the pipeline does not run
     */
    public Optional<Decision> of(String account) {
        byte[] bytes = store.get(account);
        return bytes == null ? Optional.empty() : Optional.of(deserializer.deserialize(STORE, bytes));
    }
}

package io.stillwatch.replay;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what the decisions topic says now. */
public final class DecisionReader {
    private DecisionReader() {}

    /**
     * What the topic says.
     *
     * @param byAccount the newest decision of each account, whether its time is over or not
     * @param unreadable accounts whose decision cannot be read; count
     */
    public record Found(SortedMap<String, Decision> byAccount, int unreadable) {}

    /**
     * Reads the topic to its end.
     *
     * @param wanted accounts to keep
     */
    public static Found read(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties, Predicate<String> wanted) {
        Deserializer<Decision> deserializer = serdes.serde(Decision.class).deserializer();
        SortedMap<String, Decision> byAccount = new TreeMap<>();
        Map<String, byte[]> newest = CompactedTopic.newest(topics.decisions(), wanted, clientProperties);
        newest.forEach((account, bytes) -> {
            try {
                byAccount.put(account, deserializer.deserialize(topics.decisions(), bytes));
            } catch (SerializationException e) {
                // Counted below: it is missing among the decisions.
            }
        });
        return new Found(byAccount, newest.size() - byAccount.size());
    }
}

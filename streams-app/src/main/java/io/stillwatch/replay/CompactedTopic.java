package io.stillwatch.replay;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads what a compacted topic says now. */
final class CompactedTopic {
    private CompactedTopic() {}

    /** The newest value of each wanted key as it came, by key; none of those with a tombstone, or of a missing topic. */
    static Map<String, byte[]> newest(String topic, Predicate<String> wanted, Map<String, Object> clientProperties) {
        Map<String, byte[]> byKey = new TreeMap<>();
        WholeTopic.read(topic, clientProperties, record -> {
            if (record.key() != null && wanted.test(record.key())) {
                if (record.value() == null) {
                    byKey.remove(record.key());
                } else {
                    byKey.put(record.key(), record.value());
                }
            }
        });
        return byKey;
    }
}

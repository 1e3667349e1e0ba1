package io.stillwatch.topology.topics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One topic as the pipeline needs it.
 *
 * @param name with its prefix
 * @param key what the record key holds, for people
 * @param value what the record value holds, for people
 * @param partitions how many to create; more are as good
 * @param configs topic configuration to create it with, sorted by name
 * @param purpose one sentence on what the topic is for
 */
public record TopicSpec(
        String name, String key, String value, int partitions, Map<String, String> configs, String purpose) {
    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic has at least one partition, not " + partitions + ".");
        }
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
    }
}

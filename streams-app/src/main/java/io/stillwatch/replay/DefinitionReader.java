package io.stillwatch.replay;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the published signatures off their topic. */
public final class DefinitionReader {
    private DefinitionReader() {}

    /**
     * What the topic says.
     *
     * @param byId the newest definition of each signature
     * @param unreadable by id, in one sentence, why its newest record is no definition of it; the pipeline skips those
     */
    public record Published(Map<String, SignatureDefinition> byId, Map<String, String> unreadable) {
        /** Nothing is published. */
        public static final Published NONE = new Published(Map.of(), Map.of());

        /** All definitions, by id. */
        public List<SignatureDefinition> definitions() {
            return List.copyOf(byId.values());
        }
    }

    /** Reads the topic; nothing where there is none. */
    public static Published read(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Deserializer<SignatureDefinition> deserializer =
                serdes.serde(SignatureDefinition.class).deserializer();
        Map<String, SignatureDefinition> byId = new TreeMap<>();
        Map<String, String> unreadable = new TreeMap<>();
        CompactedTopic.newest(topics.signatures(), key -> true, clientProperties)
                .forEach((id, bytes) -> {
                    try {
                        SignatureDefinition definition = deserializer.deserialize(topics.signatures(), bytes);
                        if (definition.getId().equals(id)) {
                            byId.put(id, definition);
                        } else {
                            unreadable.put(
                                    id,
                                    "Its key names another signature than its definition, " + definition.getId()
                                            + "; publish it with 'stillwatch signatures publish'.");
                        }
                    } catch (SerializationException e) {
                        unreadable.put(
                                id,
                                "What is published is no signature definition; publish it again, or take it back with"
                                        + " 'stillwatch signatures enable'.");
                    }
                });
        return new Published(byId, unreadable);
    }
}

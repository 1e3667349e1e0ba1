package io.stillwatch.replay;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the published signatures off their topic. */
public final class DefinitionReader {
    private DefinitionReader() {}

    /**
     * What the topic says.
     *
     * @param byId the newest definition of each signature
     * @param unreadable ids whose newest record is no definition of them; the pipeline skips those
     */
    public record Published(Map<String, SignatureDefinition> byId, Set<String> unreadable) {
        /** Nothing is published. */
        public static final Published NONE = new Published(Map.of(), Set.of());

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
        Set<String> unreadable = new TreeSet<>();
        CompactedTopic.newest(topics.signatures(), key -> true, clientProperties)
                .forEach((id, bytes) -> {
                    try {
                        SignatureDefinition definition = deserializer.deserialize(topics.signatures(), bytes);
                        if (definition.getId().equals(id)) {
                            byId.put(id, definition);
                        } else {
                            unreadable.add(id);
                        }
                    } catch (SerializationException e) {
                        unreadable.add(id);
                    }
                });
        return new Published(byId, unreadable);
    }
}

package io.stillwatch.replay;

import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.Optional;

/** Reads an account's newest profile off the profiles topic. */
public final class SnapshotReader {
    private SnapshotReader() {}

    /** The newest snapshot of an account, if one was published. */
    public static Optional<ProfileSnapshot> read(
            String account, Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        byte[] bytes = CompactedTopic.newest(topics.profiles(), account::equals, clientProperties)
                .get(account);
        return Optional.ofNullable(bytes)
                .map(value -> serdes.serde(ProfileSnapshot.class).deserializer().deserialize(topics.profiles(), value));
    }
}

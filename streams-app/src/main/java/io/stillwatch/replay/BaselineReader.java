package io.stillwatch.replay;

import io.stillwatch.topology.control.BaselinePublisher;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads the published baseline off its topic. */
public final class BaselineReader {
    private BaselineReader() {}

    /** What is published, as the text of a baseline file; empty where nothing is, or there is no topic. */
    public static Optional<String> read(Topics topics, Map<String, Object> clientProperties) {
        return Optional.ofNullable(
                        CompactedTopic.newest(topics.baseline(), BaselinePublisher.KEY::equals, clientProperties)
                                .get(BaselinePublisher.KEY))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}

package io.stillwatch.topology.state;

import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How the changelog topics of the stores are set up. */
public final class Changelogs {
    /** How much longer than a pane's time the changelog keeps it, so that a pipeline that was down finds all of it. */
    private static final Duration SLACK = Duration.ofDays(2);

    private static final int SEGMENT_BYTES = 64 << 20;

    private static final int SMALL_SEGMENT_BYTES = 16 << 20;

    private Changelogs() {}

    /** The newest record of every account, for good. */
    public static Map<String, String> ofAccounts() {
        return common();
    }

    /**
     * The newest record of every pane, for as long as panes are kept.
     *
     * <p>The topic forgets by the time at which a record was written: event times would make a replay of old logs forget
     * at once. Nothing decides by these stamps.
     */
    public static Map<String, String> ofPanes(Duration kept) {
        Map<String, String> configs = common();
        configs.put("cleanup.policy", "compact,delete");
        configs.put("message.timestamp.type", "LogAppendTime");
        configs.put("retention.ms", Long.toString(kept.plus(SLACK).toMillis()));
        return configs;
    }

    /** What is held of requests for moments only, so it is compacted early: it has text. */
    public static Map<String, String> ofPieces() {
        Map<String, String> configs = common();
        configs.put("segment.bytes", Integer.toString(SMALL_SEGMENT_BYTES));
        configs.put("min.cleanable.dirty.ratio", "0.1");
        return configs;
    }

    private static Map<String, String> common() {
        Map<String, String> configs = new TreeMap<>();
        configs.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        configs.put("max.message.bytes", Integer.toString(Topics.MAX_RECORD_BYTES));
        configs.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
        return configs;
    }
}

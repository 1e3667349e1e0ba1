package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How long records stay on the topics that grow, whatever room there is. */
public final class RetentionOption {
    private static final Duration SHORTEST = Duration.ofHours(1);

    @Option(
            names = "--keep-requests",
            paramLabel = "DURATION",
            defaultValue = "P7D",
            description = "How long requests, which have prompts, lie on their topic after they were read (default:"
                    + " ${DEFAULT-VALUE}; PT0S: as long as there is room).")
    private Duration requests;

    @Option(
            names = "--keep-dead-letters",
            paramLabel = "DURATION",
            defaultValue = "P30D",
            description = "How long records that could not be read, which may have prompts, are kept (default:"
                    + " ${DEFAULT-VALUE}; PT0S: as long as there is room).")
    private Duration deadLetters;

    @Option(
            names = "--keep-fingerprints",
            paramLabel = "DURATION",
            defaultValue = "P90D",
            description =
                    "How long fingerprints, which have no text, are kept (default: ${DEFAULT-VALUE}; PT0S: as long"
                            + " as there is room).")
    private Duration fingerprints;

    /**
     * By topic, how long its records stay; topics that are bounded by their room alone are not in it.
     *
     * @throws UserException where a time is too short
     */
    public Map<String, Duration> of(Topics topics) {
        Map<String, Duration> kept = new TreeMap<>();
        put(kept, topics.requests(), "--keep-requests", requests);
        put(kept, topics.pieces(), "--keep-requests", requests);
        put(kept, topics.deadLetters(), "--keep-dead-letters", deadLetters);
        put(kept, topics.fingerprints(), "--keep-fingerprints", fingerprints);
        return kept;
    }

    private static void put(Map<String, Duration> kept, String topic, String option, Duration time) {
        if (time.isZero()) {
            return;
        }
        if (time.compareTo(SHORTEST) < 0) {
            throw new UserException(
                    option + " is an hour (PT1H) or more, or PT0S for as long as there is room, not " + time + ".",
                    ExitStatus.USAGE);
        }
        kept.put(topic, time);
    }
}

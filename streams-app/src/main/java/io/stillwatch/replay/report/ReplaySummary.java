package io.stillwatch.replay.report;

import io.stillwatch.baseline.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a replay read and what it found.
 *
 * @param productVersion the version of Stillwatch that replayed
 * @param sources what was read, in the order it was read
 * @param firstEvent event time of the earliest accepted request; empty when none was accepted
 * @param lastEvent event time of the latest accepted request; empty when none was accepted
 * @param accounts distinct accounts among the accepted requests; count
 * @param alerts the lives of the alerts, in any order
 * @param rejectedCauses why records were rejected, most frequent first
 * @param baseline name and version of the baseline; empty when none was used
 * @param signatures the signatures that were evaluated
 * @param settings whatever else decided the outcome, in the order to show
 * @param baselines that alerts may have been compared with, for what is usual beside their values
 * @param hours when the alerts' accounts sent their requests
 */
public record ReplaySummary(
        String productVersion,
        List<Source> sources,
        Optional<Instant> firstEvent,
        Optional<Instant> lastEvent,
        long accounts,
        List<AlertLife> alerts,
        List<RejectedCause> rejectedCauses,
        String baseline,
        List<SignatureVersion> signatures,
        List<Setting> settings,
        List<Baseline> baselines,
        AlertHours hours) {
    public ReplaySummary {
        if (firstEvent.isPresent() != lastEvent.isPresent()) {
            throw new IllegalArgumentException("A replay has both a first and a last event, or neither.");
        }
        sources = List.copyOf(sources);
        alerts = List.copyOf(alerts);
        rejectedCauses = List.copyOf(rejectedCauses);
        signatures = List.copyOf(signatures);
        settings = List.copyOf(settings);
        baselines = List.copyOf(baselines);
    }

    /** Records of all sources that became request events; count. */
    public long accepted() {
        return sources.stream().mapToLong(Source::accepted).sum();
    }

    /** Records of all sources that could not be read; count. */
    public long rejected() {
        return sources.stream().mapToLong(Source::rejected).sum();
    }

    /** Records of all sources left out on purpose; count. */
    public long skipped() {
        return sources.stream().mapToLong(Source::skipped).sum();
    }

    /**
     * One input and what became of its records.
     *
     * @param name file name or other name to show
     * @param accepted became request events; count
     * @param rejected could not be read and went to the dead letters; count
     * @param skipped left out on purpose, such as repetitions of an event id; count
     */
    public record Source(String name, long accepted, long rejected, long skipped) {}

    /**
     * A reason for which records were rejected.
     *
     * @param cause one sentence
     * @param records rejected for it; count
     * @param example where the first one is, such as file and line; empty when unknown
     */
    public record RejectedCause(String cause, long records, String example) {}

    /** A signature by id, version and title. */
    public record SignatureVersion(String id, int version, String title) {}

    /** A setting by name and value. */
    public record Setting(String name, String value) {}
}

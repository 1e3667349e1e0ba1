package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedTrafficTest {
    private static final Path TRAFFIC = Path.of("../../shared/data/traffic/mixed-small.jsonl.gz");
    private static final long EVENTS = 57_832;

    @Test
    void theSharedTrafficIsReadWithoutALoss() {
        assumeTrue(Files.exists(TRAFFIC), "The shared traffic is not beside the repository.");

        try (RequestEventReader reader = RequestEventReader.open(TRAFFIC, Optional.empty(), IngestLimits.DEFAULT)) {
            IngestTally tally = new IngestTally();
            reader.forEachRemaining(tally::add);

            assertThat(tally.accepted()).isEqualTo(EVENTS);
            assertThat(tally.exitCode()).isZero();
            assertThat(reader.bytesRead()).isEqualTo(reader.bytesTotal().orElseThrow());
        }
    }
}

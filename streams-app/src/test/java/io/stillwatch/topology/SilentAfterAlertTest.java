package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log whose accounts fall silent for weeks after an alert; read once more, it once stopped the pipeline for good. */
class SilentAfterAlertTest {
    private static final Path LOG = Path.of("../../shared/cases/01-silent-after-alert.jsonl");

    private static List<RequestEvent> events() {
        List<RequestEvent> events = new ArrayList<>();
        try (LogFiles log = LogFiles.open(List.of(LOG.toString()), IngestOptions.DEFAULT)) {
            while (log.hasNext()) {
                if (log.next() instanceof Ingested.Accepted accepted) {
                    events.add(accepted.event());
                }
            }
        }
        return events;
    }

    @Test
    void theAlertClosesWhileItsAccountIsSilentAndTheLogCanBeReadAgain() {
        assumeThat(Files.isReadable(LOG)).as("the case of shared/cases").isTrue();
        List<RequestEvent> events = events();
        assertThat(events).hasSize(180);
        long endMs = events.stream().mapToLong(RequestEvent::getEventTime).max().orElseThrow();
        try (TestPipeline pipeline = new TestPipeline(SignatureSet.bundled())) {
            events.forEach(pipeline::send);
            pipeline.end(endMs);
            List<Alert> steps = pipeline.alerts();

            assertThat(steps).isNotEmpty();
            assertThat(steps.get(0).getState()).isEqualTo(AlertState.OPENED);
            assertThat(steps).extracting(Alert::getState).contains(AlertState.CLOSED);

            events.forEach(pipeline::send);
            pipeline.end(endMs);
            assertThat(pipeline.alerts())
                    .allSatisfy(step ->
                            assertThat(step.getAlertId()).isEqualTo(steps.get(0).getAlertId()));
        }
    }
}

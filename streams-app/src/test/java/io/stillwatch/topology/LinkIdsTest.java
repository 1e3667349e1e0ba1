package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.START_MS;
import static io.stillwatch.topology.TestPipeline.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.state.Durability;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever drops records of the links topic whose id was seen before loses nothing. */
class LinkIdsTest {
    @Test
    void aTimeThatIsVouchedForLaterHasAnIdOfItsOwn() {
        try (TestPipeline pipeline = pipeline()) {
            pipeline.send(event("first", 0, START_MS));
            pipeline.send(event("second", 0, START_MS));

            assertThat(pipeline.linkIds()).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void aPartitionThatRestsTwiceInTenMinutesSaysSoUnderTwoIds() {
        try (TestPipeline pipeline = pipeline()) {
            pipeline.send(event("second", 0, START_MS));
            for (int request = 0; request < 60; request++) {
                pipeline.send(event("first", request, START_MS));
                if (request % 30 == 29) {
                    passTenSeconds(pipeline);
                }
            }

            assertThat(pipeline.linkIds())
                    .doesNotHaveDuplicates()
                    .filteredOn(id -> id.contains("rests"))
                    .hasSize(2);
        }
    }

    private static void passTenSeconds(TestPipeline pipeline) {
        for (int second = 0; second < 10; second++) {
            pipeline.passWallClock(Duration.ofSeconds(1));
        }
    }

    private static TestPipeline pipeline() {
        return new TestPipeline(SignatureSet.bundled(), PipelineOptions.defaults(1, "test"), Durability.FOR_THE_RUN);
    }
}

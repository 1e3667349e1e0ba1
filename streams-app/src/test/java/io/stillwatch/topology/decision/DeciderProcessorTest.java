package io.stillwatch.topology.decision;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.control.LiveTriage;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.FormerStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class DeciderProcessorTest {
    @Test
    void decisionsThatAnotherReleaseWroteAreRefusedAndThePersonIsToldTheWayOut() {
        MockProcessorContext<String, Decision> context = new MockProcessorContext<>();
        context.addStateStore(FormerStore.of(DeciderProcessor.store(Durability.FOR_THE_RUN), "format"));
        DeciderProcessor decider = new DeciderProcessor(
                PipelineOptions.defaults(1, "test"),
                new LiveTriage(new SerdeFactory(WireFormat.singleObject())
                        .serde(TriageRecord.class)
                        .deserializer()));

        assertThatThrownBy(() -> decider.init(context))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stillwatch reset --rebuild-from fingerprints");
    }
}

package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.OriginalBytes;
import io.stillwatch.ingest.PayloadReader;
import io.stillwatch.ingest.Position;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes apart what something else wrote to a topic: each message by itself, so nothing has to be remembered of it. */
final class ExplodeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ExplodeProcessor.class);

    private final Map<String, IngestOptions> options;
    private final Function<ProcessorContext<byte[], byte[]>, IntakeOutput> outputs;
    private IntakeOutput output;
    private ProcessorContext<byte[], byte[]> context;

    /**
     * @param options how the records of each topic are read
     * @param outputs makes what writes, for one processor
     */
    ExplodeProcessor(
            Map<String, IngestOptions> options, Function<ProcessorContext<byte[], byte[]>, IntakeOutput> outputs) {
        this.options = options;
        this.outputs = outputs;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        output = outputs.apply(processorContext);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null || record.value().length == 0) {
            // A tombstone of a compacted topic says that something is no more, which is no request.
            output.skipped(1);
            return;
        }
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Position at = Position.offset(metadata.topic(), metadata.partition(), metadata.offset());
        output.forward(told(metadata.topic(), record.value(), at), Math.max(0, record.timestamp()));
    }

    /** Whatever a sender wrote, it must not stop what others wrote after it. */
    private List<Ingested> told(String topic, byte[] payload, Position at) {
        try {
            return new PayloadReader(Objects.requireNonNull(options.get(topic), topic)).readWhole(payload, at);
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.error("{} could not be read; it goes to the dead letters.", at, broken);
            return List.of(new Ingested.Rejected(
                    at, "the record breaks its reader; please report it", OriginalBytes.of(payload)));
        }
    }
}

package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.OriginalBytes;
import io.stillwatch.ingest.Piece;
import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.PieceJoin;
import io.stillwatch.ingest.Position;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes requests of the pieces that all sources told, on one partition: those of one call come in messages of their own, from
 * several topics, and two libraries may tell one call in traces that have nothing in common.
 *
 * <p>Event time decides what belongs together. Only when nothing at all has come for as long as a piece waits, what is held
 * is let go: else the last calls of a quiet system would be known when the next ones come.
 */
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** How much is held at once; bytes, about. */
    private static final long MOST_BYTES = 48L << 20;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long LOOKS_OF_SILENCE = PieceJoin.WAIT.dividedBy(LOOK_EVERY);

    private final IngestOptions options;
    private final IntakeOutput output;
    private final PieceCodec codec;
    private ProcessorContext<byte[], byte[]> context;
    private PieceJoin join;
    private long looksSince;

    JoinProcessor(IngestOptions options, Supplier<IntakeOutput> output) {
        this.options = options;
        this.output = output.get();
        this.codec = new PieceCodec(options);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        output.open(processorContext);
        KeyValueStore<Bytes, byte[]> kept = processorContext.getStateStore(PieceStore.NAME);
        PieceStore store = new PieceStore(kept);
        join = new PieceJoin(options.account(), PieceJoin.WAIT, MOST_BYTES, store);
        store.restore(join, codec);
        processorContext.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (++looksSince > LOOKS_OF_SILENCE && !join.isEmpty()) {
                output.forward(join.finish(), context.currentStreamTimeMs());
            }
        });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        looksSince = 0;
        output.forward(taken(record), Math.max(0, record.timestamp()));
    }

    private List<Ingested> taken(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return List.of();
        }
        Piece piece;
        try {
            piece = codec.decode(record.value());
        } catch (IllegalArgumentException foreign) {
            RecordMetadata metadata = context.recordMetadata().orElseThrow();
            return List.of(new Ingested.Rejected(
                    Position.offset(metadata.topic(), metadata.partition(), metadata.offset()),
                    "this is no piece of a request, such as the intake writes",
                    OriginalBytes.of(record.value())));
        }
        return join.take(piece);
    }
}

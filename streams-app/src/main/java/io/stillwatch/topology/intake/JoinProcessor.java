package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.OriginalBytes;
import io.stillwatch.ingest.Piece;
import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.PieceJoin;
import io.stillwatch.ingest.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
 * <p>Event time decides what belongs together, and has come as far as in the source that is furthest behind. The wall clock
 * only tells what does not move: a source that has been silent for some seconds is not waited for, and when nothing at all
 * has come for as long as a piece waits, what is held is let go. Else the last calls of a quiet system would be known when
 * the next ones come.
 */
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final long LEAST_BYTES = 48L << 20;
    private static final int HEAP_SHARE = 8;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long LOOKS_OF_SILENCE = PieceJoin.WAIT.dividedBy(LOOK_EVERY);
    private static final long LOOKS_OF_REST = 2;
    private static final long LOOKS_BEFORE_LETTING_GO = 2;

    private final IngestOptions options;
    private final Function<ProcessorContext<byte[], byte[]>, IntakeOutput> outputs;
    private IntakeOutput output;
    private final PieceCodec codec;
    private ProcessorContext<byte[], byte[]> context;
    private PieceJoin join;
    private long looks;
    private long looksSince;

    /** At which look each source was last heard of. */
    private final Map<String, Long> heard = new HashMap<>();

    JoinProcessor(IngestOptions options, Function<ProcessorContext<byte[], byte[]>, IntakeOutput> outputs) {
        this.options = options;
        this.outputs = outputs;
        this.codec = new PieceCodec(options);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        output = outputs.apply(processorContext);
        KeyValueStore<Bytes, byte[]> kept = processorContext.getStateStore(PieceStore.NAME);
        PieceStore store = new PieceStore(kept);
        join = PieceJoin.ofSources(options.account(), PieceJoin.WAIT, mostBytes(), store);
        store.restore(join, codec);
        // Which sources there are is known when each has had the time to say something.
        join.gather(true);
        processorContext.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> look());
    }

    /** How much may be held: topics are read at their own pace after a pause, and what one is ahead has to wait. */
    private static long mostBytes() {
        return Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    private void look() {
        looks++;
        List<Ingested> done = new ArrayList<>(join.gather(looks <= LOOKS_BEFORE_LETTING_GO));
        for (String source : join.waitedFor()) {
            if (looks - heard.computeIfAbsent(source, unheard -> looks) > LOOKS_OF_REST) {
                heard.remove(source);
                done.addAll(join.rest(source));
            }
        }
        if (++looksSince > LOOKS_OF_SILENCE && !join.isEmpty()) {
            done.addAll(join.finish());
        }
        output.forward(done, Math.max(0, context.currentStreamTimeMs()));
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
        heard.put(piece.at().source(), looks);
        return join.take(piece);
    }
}

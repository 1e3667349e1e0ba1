package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.state.Changelogs;
import io.stillwatch.topology.topics.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What comes in from outside, as requests: foreign topics → requests and pieces of requests; pieces → requests.
 *
 * <p>An application of its own beside the pipeline: which topics are read may change, and differ between instances that are
 * replaced one by one, without the accounts' state having to move.
 */
public final class IntakeTopology {
    /** What is put behind the pipeline's application id. */
    public static final String APPLICATION_SUFFIX = "-intake";

    private static final String SOURCES = "sources";
    private static final String EXPLODE = "explode";
    private static final String EXPLODED = "exploded";
    private static final String PIECES_OUT = "pieces-out";
    private static final String JOIN = "join";
    private static final String JOINED = "joined";

    private IntakeTopology() {}

    /**
     * Builds the topology; connects to nothing.
     *
     * @param sources topics of others; may be none, where pieces come over HTTP only
     * @param joining which attribute names the account of requests that come in pieces, and what zone rows without one are in
     */
    public static Topology build(List<SourceTopic> sources, IngestOptions joining, Topics topics, SerdeFactory serdes) {
        Topology topology = new Topology();
        if (!sources.isEmpty()) {
            sources(topology, sources, topics, serdes);
        }
        Function<ProcessorContext<byte[], byte[]>, IntakeOutput> joined = context ->
                new IntakeOutput(new IntakeRecords(topics, serdes), Map.of(topics.requests(), JOINED), context);
        topology.addSource(
                AutoOffsetReset.earliest(),
                topics.pieces(),
                (record, unused) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.pieces());
        topology.addProcessor(JOIN, () -> new JoinProcessor(joining, joined), topics.pieces());
        topology.addStateStore(PieceStore.builder(Changelogs.ofPieces()), JOIN);
        sink(topology, JOINED, topics.requests(), JOIN);
        return topology;
    }

    /** All of them in one sub-topology, whose tasks read their partitions in the order of the records' times. */
    private static void sources(Topology topology, List<SourceTopic> sources, Topics topics, SerdeFactory serdes) {
        Map<String, IngestOptions> options = new HashMap<>();
        sources.forEach(source -> options.put(source.name(), source.options()));
        Function<ProcessorContext<byte[], byte[]>, IntakeOutput> outputs = context -> new IntakeOutput(
                new IntakeRecords(topics, serdes),
                Map.of(topics.requests(), EXPLODED, topics.pieces(), PIECES_OUT),
                context);
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCES,
                (record, unused) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                options.keySet().stream().sorted().toArray(String[]::new));
        topology.addProcessor(EXPLODE, () -> new ExplodeProcessor(options, outputs), SOURCES);
        sink(topology, EXPLODED, topics.requests(), EXPLODE);
        sink(topology, PIECES_OUT, topics.pieces(), EXPLODE);
    }

    private static void sink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }
}

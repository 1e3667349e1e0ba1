package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.schema.serde.SerdeFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * What comes in from outside, as requests: foreign topics → requests and pieces of requests; pieces → requests.
 *
 * <p>An application of its own beside the pipeline: which topics are read may change, and differ between instances that are
 * replaced one by one, without the accounts' state having to move.
 */
public final class IntakeTopology {
    /** What is put behind the pipeline's application id. */
    public static final String APPLICATION_SUFFIX = "-intake";

    private static final String JOIN = "join";
    private static final String JOINED = "joined";

    private IntakeTopology() {}

    /**
     * Builds the topology; connects to nothing.
     *
     * @param sources topics of others; may be none, where pieces come over HTTP only
     * @param joining which attribute names the account of requests that come in pieces, and what zone rows without one are in
     */
    public static Topology build(
            List<SourceTopic> sources, IngestOptions joining, Topics topics, SerdeFactory serdes) {
        Topology topology = new Topology();
        for (SourceTopic source : sources) {
            String requests = "requests-of-" + source.name();
            String pieces = "pieces-of-" + source.name();
            Supplier<IntakeOutput> output = () -> new IntakeOutput(
                    new IntakeRecords(topics, serdes), Map.of(topics.requests(), requests, topics.pieces(), pieces));
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    source.name(),
                    (record, unused) -> Math.max(0, record.timestamp()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    source.name());
            topology.addProcessor(
                    "explode-" + source.name(), () -> new ExplodeProcessor(source.options(), output), source.name());
            sink(topology, requests, topics.requests(), "explode-" + source.name());
            sink(topology, pieces, topics.pieces(), "explode-" + source.name());
        }
        Supplier<IntakeOutput> joined = () ->
                new IntakeOutput(new IntakeRecords(topics, serdes), Map.of(topics.requests(), JOINED));
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

    private static void sink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }
}

package io.stillwatch.bench.throughput;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.PipelineTopology;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.state.WindowStore;

/** The topologies that are measured, all over the requests topic of the same catalogue. */
final class Contenders {
    static final String STILLWATCH = "Stillwatch";

    private final Topics topics;
    private final int partitions;
    private final String output;
    private final SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
    private final SignatureSet signatures = SignatureSet.bundled();

    /** @param output topic for what is no pipeline */
    Contenders(Topics topics, int partitions, String output) {
        this.topics = topics;
        this.partitions = partitions;
        this.output = output;
    }

    Contender stillwatch() {
        return new Contender(
                STILLWATCH,
                "the whole pipeline with its defaults and the "
                        + signatures.signatures().size()
                        + " bundled signatures: fingerprints, profiles, snapshots, alerts, dead letters, campaigns;"
                        + " over when the last of what accounts share has been gone through",
                () -> pipeline(true),
                true,
                false);
    }

    Contender watched() {
        return new Contender(
                "Stillwatch, watched",
                "the same with all metrics bound and read once a second, fifteen times as often as Prometheus does",
                () -> pipeline(true),
                true,
                true);
    }

    Contender withoutCampaigns() {
        return new Contender(
                "Stillwatch without campaigns",
                "the same with --no-campaigns: nothing is kept or told of what accounts share",
                () -> pipeline(false));
    }

    private Topology pipeline(boolean campaigns) {
        return PipelineTopology.build(
                PipelineTopology.Start.REQUESTS,
                PipelineOptions.defaults(partitions, "bench").withCampaigns(campaigns),
                topics,
                signatures,
                serdes);
    }

    Contender passThrough() {
        return new Contender(
                "pass-through",
                "source, Avro RequestEvent read with Stillwatch's serde, written again as Avro to a topic; no state",
                () -> passThrough(Serdes.String(), serdes.serde(RequestEvent.class)));
    }

    Contender bytesPassThrough() {
        return new Contender(
                "bytes pass-through",
                "source, bytes copied to a topic; nothing is read, no state",
                () -> passThrough(Serdes.ByteArray(), Serdes.ByteArray()));
    }

    Contender dslHour() {
        return new Contender(
                "DSL 1 h by 5 min",
                "groupByKey, windowedBy(1 h, advance 5 min, grace 1 h), count, to a topic; Streams' own cache and store",
                () -> windowedCount(Duration.ofHours(1), Duration.ofMinutes(5)));
    }

    Contender dslDay() {
        return new Contender(
                "DSL 24 h by 1 h",
                "groupByKey, windowedBy(24 h, advance 1 h, grace 1 h), count, to a topic; Streams' own cache and store",
                () -> windowedCount(Duration.ofHours(24), Duration.ofHours(1)));
    }

    private <K, V> Topology passThrough(Serde<K> keys, Serde<V> values) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.requests(), Consumed.with(keys, values).withName("requests"))
                .to(output, Produced.with(keys, values).withName("passed"));
        return builder.build();
    }

    private Topology windowedCount(Duration size, Duration advance) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<RequestEvent> events = serdes.serde(RequestEvent.class);
        builder.stream(topics.requests(), Consumed.with(Serdes.String(), events).withName("requests"))
                .groupByKey(Grouped.with("accounts", Serdes.String(), events))
                .windowedBy(
                        TimeWindows.ofSizeAndGrace(size, Duration.ofHours(1)).advanceBy(advance))
                .count(
                        Named.as("count"),
                        Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("counts")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Serdes.Long()))
                .toStream(Named.as("changes"))
                .to(
                        output,
                        Produced.with(
                                        WindowedSerdes.timeWindowedSerdeFrom(String.class, size.toMillis()),
                                        Serdes.Long())
                                .withName("counted"));
        return builder.build();
    }
}

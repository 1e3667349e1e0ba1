package io.stillwatch.replay;

import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the loss ledger off its topic. */
public final class LossReader {
    private LossReader() {}

    /** What became of a source's records, over all partitions; by source. */
    public static Map<String, SourceLosses> read(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Deserializer<SourceLosses> deserializer =
                serdes.serde(SourceLosses.class).deserializer();
        Map<String, SourceLosses> bySource = new TreeMap<>();
        CompactedTopic.newest(topics.losses(), key -> true, clientProperties)
                .values()
                .forEach(bytes -> {
                    SourceLosses line = deserializer.deserialize(topics.losses(), bytes);
                    bySource.merge(line.getSource(), line, LossReader::sum);
                });
        return bySource;
    }

    private static SourceLosses sum(SourceLosses left, SourceLosses right) {
        return SourceLosses.newBuilder()
                .setSource(left.getSource())
                .setPartition(Math.min(left.getPartition(), right.getPartition()))
                .setTime(Math.max(left.getTime(), right.getTime()))
                .setRecords(left.getRecords() + right.getRecords())
                .setCounted(left.getCounted() + right.getCounted())
                .setLate(left.getLate() + right.getLate())
                .setDuplicate(left.getDuplicate() + right.getDuplicate())
                .setUnreadable(left.getUnreadable() + right.getUnreadable())
                .setAhead(left.getAhead() + right.getAhead())
                .setEvicted(left.getEvicted() + right.getEvicted())
                .build();
    }
}

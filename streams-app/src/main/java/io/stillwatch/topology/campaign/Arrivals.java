package io.stillwatch.topology.campaign;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What has been told of accounts and waits until all partitions have come as far, so that each look knows the same whichever
 * partition was read first. In the order of the tick, the partition, and the place in the topic.
 */
final class Arrivals {
    private static final String ARRIVAL = "P";
    private static final int TICK_DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final KeyValueStore<String, byte[]> store;

    /** How many there are of each tick. */
    private final TreeMap<Long, Integer> ticks = new TreeMap<>();

    /** A record that has waited. */
    static final class Arrival {
        /** Where it lies in its topic. */
        final long offset;

        final byte[] record;

        private Arrival(long offset, byte[] record) {
            this.offset = offset;
            this.record = record;
        }
    }

    /** Goes on with what is stored. */
    Arrivals(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<String, byte[]> all = store.range(ARRIVAL, ARRIVAL + Character.MAX_VALUE)) {
            while (all.hasNext()) {
                ticks.merge(tickOf(all.next().key), 1, Integer::sum);
            }
        }
    }

    /**
     * Keeps a record.
     *
     * @param tick in which it was told, not negative
     * @param offset of the record, which no other has
     */
    void put(long tick, int partition, long offset, byte[] record) {
        store.put(ARRIVAL + HEX.toHexDigits(tick) + HEX.toHexDigits(partition) + HEX.toHexDigits(offset), record);
        ticks.merge(tick, 1, Integer::sum);
    }

    /** The first tick in which something was told; {@link CampaignTime#NO_TICK} for none. */
    long firstTick() {
        return ticks.isEmpty() ? CampaignTime.NO_TICK : ticks.firstKey();
    }

    /** Takes out what was told before a tick. */
    List<Arrival> takeBefore(long tick) {
        return take(Long.MIN_VALUE, ARRIVAL + HEX.toHexDigits(tick), Long.MAX_VALUE);
    }

    /** Takes out what was told after a tick. */
    List<Arrival> takeAfter(long tick) {
        return take(tick + 1, ARRIVAL + Character.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Takes out what came before an offset, whenever it was told. */
    List<Arrival> takeArrivedBefore(long offset) {
        return take(Long.MIN_VALUE, ARRIVAL + Character.MAX_VALUE, offset);
    }

    private List<Arrival> take(long fromTick, String beforeKey, long beforeOffset) {
        Long first = ticks.ceilingKey(fromTick);
        if (first == null) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        List<Arrival> records = new ArrayList<>();
        // What was taken out before lies before this, and would be gone through again until the store is compacted.
        String firstKey = ARRIVAL + HEX.toHexDigits(first);
        try (KeyValueIterator<String, byte[]> all = store.range(firstKey, beforeKey)) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> arrival = all.next();
                if (offsetOf(arrival.key) < beforeOffset) {
                    keys.add(arrival.key);
                    records.add(new Arrival(offsetOf(arrival.key), arrival.value));
                }
            }
        }
        for (String key : keys) {
            store.delete(key);
            ticks.computeIfPresent(tickOf(key), (tick, count) -> count == 1 ? null : count - 1);
        }
        return records;
    }

    private static long tickOf(String key) {
        return HexFormat.fromHexDigitsToLong(key, ARRIVAL.length(), ARRIVAL.length() + TICK_DIGITS);
    }

    private static long offsetOf(String key) {
        return HexFormat.fromHexDigitsToLong(key, key.length() - TICK_DIGITS, key.length());
    }
}

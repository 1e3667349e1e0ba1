package io.stillwatch.topology.intake;

import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.PieceJoin;
import io.stillwatch.ingest.PieceJournal;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a {@link PieceJoin} holds, in a store with a changelog: held pieces and finished calls by their numbers, and how far
 * event time has come. It is in memory and small: the join has a ceiling.
 */
final class PieceStore implements PieceJournal {
    static final String NAME = "pieces-held";

    private static final byte HELD = 'h';
    private static final byte FINISHED = 'f';
    private static final byte TIMES = 't';

    private final KeyValueStore<Bytes, byte[]> store;

    PieceStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(Map<String, String> changelog) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(changelog);
    }

    /** Puts a join back to where the store has it. */
    void restore(PieceJoin join, PieceCodec codec) {
        TreeMap<Long, Held> held = new TreeMap<>();
        Map<Long, String> finished = new TreeMap<>();
        Map<String, Times> times = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[0] == HELD) {
                    ByteBuffer value = ByteBuffer.wrap(entry.value);
                    long sinceMs = value.getLong();
                    byte[] piece = Arrays.copyOfRange(entry.value, value.position(), entry.value.length);
                    held.put(number(key), new Held(number(key), codec.decode(piece), sinceMs));
                } else if (key[0] == FINISHED) {
                    finished.put(number(key), new String(entry.value, StandardCharsets.UTF_8));
                } else {
                    times.put(new String(key, 1, key.length - 1, StandardCharsets.UTF_8), times(entry.value));
                }
            }
        }
        join.restore(List.copyOf(held.values()), finished, times);
    }

    private static Bytes key(byte kind, long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array());
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key, 1, Long.BYTES).getLong();
    }

    @Override
    public void held(Held held) {
        byte[] piece = PieceCodec.encode(held.piece());
        store.put(
                key(HELD, held.number()),
                ByteBuffer.allocate(Long.BYTES + piece.length)
                        .putLong(held.sinceMs())
                        .put(piece)
                        .array());
    }

    @Override
    public void letGo(long number) {
        store.delete(key(HELD, number));
    }

    @Override
    public void finished(long number, String eventId) {
        store.put(key(FINISHED, number), eventId.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void forgotten(long number) {
        store.delete(key(FINISHED, number));
    }

    @Override
    public void times(String source, Times times) {
        StateWriter out = new StateWriter();
        out.writeLong(times.newestMs());
        out.writeLong(times.vouchedMs());
        out.writeString(times.newestGroup());
        store.put(key(source), out.toByteArray());
    }

    @Override
    public void rests(String source) {
        store.delete(key(source));
    }

    private static Bytes key(String source) {
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + name.length).put(TIMES).put(name).array());
    }

    private static Times times(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        long newestMs = in.readLong();
        long vouchedMs = in.readLong();
        return new Times(in.readString(), newestMs, vouchedMs);
    }
}

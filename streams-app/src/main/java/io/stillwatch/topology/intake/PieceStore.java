package io.stillwatch.topology.intake;

import io.stillwatch.ingest.Piece;
import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.PieceJoin;
import io.stillwatch.ingest.PieceJournal;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    private static final Bytes TIMES = Bytes.wrap(new byte[] {'t'});

    private final KeyValueStore<Bytes, byte[]> store;
    private Times told = Times.NONE;

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
        Map<Long, Piece> held = new TreeMap<>();
        Map<Long, String> finished = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[0] == HELD) {
                    held.put(number(key), codec.decode(entry.value));
                } else if (key[0] == FINISHED) {
                    finished.put(number(key), new String(entry.value, StandardCharsets.UTF_8));
                } else {
                    told = times(entry.value);
                }
            }
        }
        join.restore(held, finished, told);
    }

    private static Bytes key(byte kind, long number) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array());
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key, 1, Long.BYTES).getLong();
    }

    @Override
    public void held(long number, Piece piece) {
        store.put(key(HELD, number), PieceCodec.encode(piece));
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
    public void times(Times times) {
        if (!times.equals(told)) {
            told = times;
            StateWriter out = new StateWriter();
            out.writeLong(times.newestMs());
            out.writeLong(times.vouchedMs());
            out.writeString(times.newestGroup());
            store.put(TIMES, out.toByteArray());
        }
    }

    private static Times times(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        long newestMs = in.readLong();
        long vouchedMs = in.readLong();
        return new Times(in.readString(), newestMs, vouchedMs);
    }
}

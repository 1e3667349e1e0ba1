package io.stillwatch.topology.state;

import io.stillwatch.account.PaneShelf;
import io.stillwatch.account.PartitionClock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The panes of one partition that are not being written to any more, and event ids: keys in the order of time.
 *
 * <p>What expires is dropped by ranges of keys, one call for a whole hour or day however many accounts it had, and the
 * changelog forgets by age; nothing is deleted key by key. Streams' own window stores do the same by segments, but take
 * the time for it from the newest record of any key, so one wrong clock would drop everybody's panes; here the caller
 * says from what time on ({@link PartitionClock}). Streams' key-value store has no public way to drop a range, hence a
 * RocksDB of its own.
 *
 * <p>Without a write-ahead log, as Streams' stores: the changelog is the log, and {@link #commit} makes the files whole.
 */
public final class PaneStore implements StateStore, PaneShelf {
    private static final String DIRECTORY = "rocksdb";

    static {
        RocksDB.loadLibrary();
    }

    private final String name;
    private final long rocksDbBytes;
    private final boolean durable;
    private final boolean logged;
    private InternalProcessorContext<?, ?> context;
    private Options options;
    private BloomFilter filter;
    private WriteOptions withoutLog;
    private RocksDB database;
    private boolean open;

    PaneStore(String name, long rocksDbBytes, boolean durable, boolean logged) {
        this.name = name;
        this.rocksDbBytes = rocksDbBytes;
        this.durable = durable;
        this.logged = logged;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        context = (InternalProcessorContext<?, ?>) stateStoreContext;
        open(new File(new File(stateStoreContext.stateDir(), DIRECTORY), name));
        stateStoreContext.register(root, new BatchingStateRestoreCallback() {
            @Override
            public void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
                write(records);
            }
        });
    }

    private void open(File directory) {
        try {
            Files.createDirectories(directory.toPath());
            filter = new BloomFilter(RocksDbMemory.BLOOM_BITS_A_KEY);
            options = new Options().setCreateIfMissing(true);
            RocksDbMemory.apply(options, new BlockBasedTableConfig(), rocksDbBytes, filter);
            withoutLog = new WriteOptions().setDisableWAL(true);
            database = RocksDB.open(options, directory.getAbsolutePath());
            open = true;
        } catch (IOException | RocksDBException e) {
            throw new ProcessorStateException("The pane store in " + directory + " cannot be opened", e);
        }
    }

    private void write(Collection<KeyValue<byte[], byte[]>> records) {
        try (WriteBatch batch = new WriteBatch()) {
            for (KeyValue<byte[], byte[]> record : records) {
                if (record.value == null) {
                    batch.delete(record.key);
                } else {
                    batch.put(record.key, record.value);
                }
            }
            database.write(withoutLog, batch);
        } catch (RocksDBException e) {
            throw failed("restored", e);
        }
    }

    @Override
    public Optional<byte[]> get(Place place) {
        try {
            return Optional.ofNullable(database.get(StoreKeys.place(place).get()));
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    @Override
    public List<byte[]> getAll(List<Place> places) {
        List<byte[]> keys = new ArrayList<>(places.size());
        for (Place place : places) {
            keys.add(StoreKeys.place(place).get());
        }
        try {
            return database.multiGetAsList(keys);
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /** Hands on all that is stored. */
    public void forEach(BiConsumer<Bytes, byte[]> taker) {
        try (RocksIterator records = database.newIterator()) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                taker.accept(Bytes.wrap(records.key()), records.value());
            }
            records.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void put(Place place, byte[] value) {
        Bytes key = StoreKeys.place(place);
        try {
            database.put(withoutLog, key.get(), value);
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
        log(key, value);
    }

    /** The changelog stamps records itself, as it forgets by that: see {@link Changelogs#ofPanes}. */
    private void log(Bytes key, byte[] value) {
        if (logged) {
            context.logChange(name, key, value, 0, new RecordHeaders(), Position.emptyPosition());
        }
    }

    @Override
    public void dropBefore(Kind kind, long shelf) {
        try {
            database.deleteRange(
                    withoutLog,
                    StoreKeys.bound(kind, Long.MIN_VALUE).get(),
                    StoreKeys.bound(kind, shelf).get());
        } catch (RocksDBException e) {
            throw failed("shortened", e);
        }
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        if (!durable) {
            return;
        }
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            database.flush(flush);
        } catch (RocksDBException e) {
            throw failed("flushed", e);
        }
    }

    /** Panes kept, about: RocksDB's estimate; count. */
    public long approximatePanes() {
        try {
            return database.getLongProperty("rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw failed("counting panes", e);
        }
    }

    private ProcessorStateException failed(String what, RocksDBException cause) {
        return new ProcessorStateException("The pane store " + name + " cannot be " + what, cause);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            database.close();
            withoutLog.close();
            options.close();
            filter.close();
        }
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}

package io.stillwatch.topology.state;

import io.stillwatch.topology.PipelineOptions;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Puts every state store of the process under one ceiling of native memory.
 *
 * <p>One block cache is shared by all stores; indexes and filters lie in it, and the write buffers are charged to it, so
 * its capacity bounds them all together. A third of it may be write buffers. What RocksDB takes beside it (iterators,
 * compaction buffers, and most of all what the C library cannot give back between blocks of many sizes) comes on top, so the
 * cache is given two thirds of the ceiling: {@code bench/run memory} says whether that keeps it.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    /** Streams property with the ceiling, in bytes. */
    static final String CEILING_BYTES = "stillwatch.rocksdb.bytes";

    private static final double CACHE_SHARE = 2.0 / 3;
    private static final int WRITE_BUFFER_SHARE = 3;
    private static final int SHARD_BITS = 2;
    private static final double HIGH_PRIORITY_SHARE = 0.2;
    private static final long MOST_WRITE_BUFFER_BYTES = 16L << 20;
    private static final long LEAST_WRITE_BUFFER_BYTES = 1L << 20;
    private static final int WRITE_BUFFERS_AT_ONCE = 8;
    static final int BLOOM_BITS_A_KEY = 10;
    private static final int BLOCK_BYTES = 8 << 10;

    /** The process has one; it lives as long as the process, as stores come and go with rebalances. */
    private static @Nullable Shared shared;

    private record Shared(long bytes, Cache cache, WriteBufferManager writeBuffers) {}

    private @Nullable BloomFilter filter;

    /** Streams properties without which the state stores would not keep to a ceiling. */
    public static Map<String, Object> streamsProperties(long ceilingBytes) {
        return Map.of(
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class, CEILING_BYTES, ceilingBytes);
    }

    /** Native memory that all state stores of the process have at most; 0 before the first is opened. Bytes. */
    public static synchronized long ceilingBytes() {
        return shared == null ? 0 : shared.bytes();
    }

    /** Native memory that all state stores of the process have now, as RocksDB counts it. Bytes. */
    public static synchronized long usedBytes() {
        return shared == null ? 0 : shared.cache().getUsage();
    }

    private static synchronized Shared shared(long bytes) {
        if (shared == null || shared.bytes() != bytes) {
            long cacheBytes = (long) (bytes * CACHE_SHARE);
            Cache cache = new LRUCache(cacheBytes, SHARD_BITS, false, HIGH_PRIORITY_SHARE);
            shared = new Shared(bytes, cache, new WriteBufferManager(cacheBytes / WRITE_BUFFER_SHARE, cache));
        }
        return shared;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Object ceiling = configs.get(CEILING_BYTES);
        long bytes = ceiling == null ? PipelineOptions.DEFAULT_ROCKSDB_BYTES : Long.parseLong(String.valueOf(ceiling));
        BloomFilter made = new BloomFilter(BLOOM_BITS_A_KEY);
        filter = made;
        // Streams reads its metrics through the configuration it made, so that one is changed.
        apply(options, (BlockBasedTableConfig) options.tableFormatConfig(), bytes, made);
    }

    /**
     * Puts a database under the ceiling.
     *
     * @param table the database's
     * @param filter stays the caller's to close, after the database
     */
    static void apply(Options options, BlockBasedTableConfig table, long ceilingBytes, BloomFilter filter) {
        Shared memory = shared(ceilingBytes);
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setBlockSize(BLOCK_BYTES);
        table.setFilterPolicy(filter);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(Math.max(
                LEAST_WRITE_BUFFER_BYTES,
                Math.min(
                        MOST_WRITE_BUFFER_BYTES,
                        (long) (ceilingBytes * CACHE_SHARE) / WRITE_BUFFER_SHARE / WRITE_BUFFERS_AT_ONCE)));
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        if (filter != null) {
            filter.close();
        }
    }
}

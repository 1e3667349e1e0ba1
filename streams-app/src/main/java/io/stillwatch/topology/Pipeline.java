package io.stillwatch.topology;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.serde.SerdeFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** A running topology: start, wait, stop. Exactly once by default. */
public final class Pipeline implements AutoCloseable {
    /** Of busy partitions; alerts, and partitions at rest, are committed earlier: see {@link EarlyCommit}. */
    public static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

    private static final int BATCH_BYTES = 256 << 10;
    private static final int PARTITION_FETCH_BYTES = 1 << 20;
    private static final int FETCH_BYTES = 8 << 20;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Pipeline(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * Starts processing.
     *
     * @param given Streams properties with at least the bootstrap servers, application id and state directory; they win
     *     over the defaults
     * @param threads stream threads, at most one a partition
     */
    public static Pipeline start(Topology topology, Topics topics, Map<String, Object> given, int threads) {
        Pipeline pipeline = new Pipeline(new KafkaStreams(topology, properties(topics, given, threads)));
        pipeline.streams.setUncaughtExceptionHandler(exception -> {
            pipeline.failure.compareAndSet(null, exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        pipeline.streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                pipeline.running.countDown();
            }
            if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
                pipeline.running.countDown();
                pipeline.ended.countDown();
            }
        });
        pipeline.streams.start();
        return pipeline;
    }

    private static Properties properties(Topics topics, Map<String, Object> given, int threads) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, (int) COMMIT_EVERY.toMillis());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.deadLetters());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        // A process that was killed must not hold its partitions for the default 45 seconds.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        // Answers are held in the heap and once more outside of it, for each thread; a larger record still gets
        // through.
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), PARTITION_FETCH_BYTES);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        // Every batch has its own compressor; with the default of 16 KiB making them costs as much as what they do.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // Many panes may close within one transaction, for which the default of 10 seconds can be too short; but a
        // process that died and lost its state holds up readers until its transaction has timed out.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_RECORD_BYTES);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "stillwatch");
        properties.putAll(given);
        return properties;
    }

    /**
     * Waits until records are being processed.
     *
     * @return false when that takes longer than the time given
     * @throws PipelineException when the pipeline failed instead
     */
    public boolean awaitRunning(Duration within) throws InterruptedException {
        boolean reached = running.await(within.toMillis(), TimeUnit.MILLISECONDS);
        throwFailure();
        return reached;
    }

    /**
     * Waits until the pipeline ends by itself, which it does only when it fails.
     *
     * @throws PipelineException saying why it failed
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        throwFailure();
    }

    /** Why the pipeline ended by itself, if it did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Makes a failure known.
     *
     * @throws PipelineException when the pipeline has failed
     */
    public void throwFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new PipelineException(cause);
        }
    }

    /** Whether records are being processed now, or held up for moments only. */
    public boolean isRunning() {
        return streams.state().isRunningOrRebalancing();
    }

    /**
     * The decisions of all accounts as this instance knows them.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException where the pipeline has not got that far
     */
    public LiveDecisions decisions(SerdeFactory serdes) {
        return new LiveDecisions(
                streams.store(StoreQueryParameters.fromNameAndType(
                        LiveDecisions.STORE, QueryableStoreTypes.<String, byte[]>keyValueStore())),
                serdes.serde(Decision.class).deserializer());
    }

    /** Leaves the group at once, so that a restart need not wait for a timeout. */
    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_WITHIN));
    }
}

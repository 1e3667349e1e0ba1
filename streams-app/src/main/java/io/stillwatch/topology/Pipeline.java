package io.stillwatch.topology;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.stillwatch.metrics.Meters;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.decision.LiveDecisions;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.record.Quarantine;
import io.stillwatch.topology.state.EarlyCommit;
import io.stillwatch.topology.state.RocksDbMemory;
import io.stillwatch.topology.state.StateOrigin;
import io.stillwatch.topology.state.StateSeal;
import io.stillwatch.topology.topics.LivingTopics;
import io.stillwatch.topology.topics.TopicWatch;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running topology: start, wait, stop. Exactly once by default. */
public final class Pipeline implements AutoCloseable {
    /** Of busy partitions; alerts, and partitions at rest, are committed earlier: see {@link EarlyCommit}. */
    public static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int BATCH_BYTES = 256 << 10;
    private static final int PARTITION_FETCH_BYTES = 1 << 20;
    private static final int FETCH_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofDays(7);
    /** Nothing can be committed then, so there is little to wait for. */
    private static final Duration STOP_WITHIN_WITHOUT_KAFKA = Duration.ofSeconds(5);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final StateSeal seal;
    private final Quarantine quarantine;
    private final RestoreProgress restoring = new RestoreProgress();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Optional<TopicWatch> watch = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Admin> admin = Optional.empty();
    private Optional<LivingTopics> living = Optional.empty();

    private Pipeline(KafkaStreams streams, StateSeal seal, Quarantine quarantine) {
        this.streams = streams;
        this.seal = seal;
        this.quarantine = quarantine;
    }

    /**
     * Starts processing.
     *
     * @param given Streams properties with at least the bootstrap servers, application id and state directory; they win
     *     over the defaults
     * @param threads stream threads, at most one a partition
     * @throws PipelineException where the state that belongs to what has been processed is not there
     */
    public static Pipeline start(Topology topology, Topics topics, Map<String, Object> given, int threads) {
        Properties properties = properties(topics, given, threads);
        StreamsConfig config = new StreamsConfig(properties);
        Admin admin = Admin.create(config.getAdminConfigs("stillwatch-watch"));
        try {
            LivingTopics living = LivingTopics.of(topology, topics, config, admin);
            StateOrigin origin = new StateOrigin(admin, living);
            origin.requireWhole();
            properties.put(StateOrigin.CONFIG, origin);
            Pipeline pipeline = start(topology, properties, config, living.changelogIds(admin));
            pipeline.living = Optional.of(living);
            pipeline.admin = Optional.of(admin);
            pipeline.watch = Optional.of(TopicWatch.start(admin, living, pipeline::stopFor));
            return pipeline;
        } catch (RuntimeException | Error failed) {
            admin.close(Duration.ZERO);
            throw failed;
        }
    }

    private static Pipeline start(Topology topology, Properties properties, StreamsConfig config, String changelogs) {
        Path state = Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG))
                .resolve(config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
        // The directory is this one's from here on, and nothing in it is open yet.
        Quarantine quarantine = new Quarantine();
        properties.put(Quarantine.CONFIG, quarantine);
        Pipeline pipeline = new Pipeline(new KafkaStreams(topology, properties), new StateSeal(state), quarantine);
        pipeline.streams.setUncaughtExceptionHandler(exception -> {
            if (pipeline.isAbsence(exception)) {
                LOG.debug("A thread waited too long for Kafka and is replaced.", exception);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
            if (quarantine.answers()) {
                LOG.debug("A thread failed on a record that is set aside now, and is replaced.", exception);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
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
        pipeline.streams.setGlobalStateRestoreListener(pipeline.restoring);
        try {
            pipeline.seal.open(changelogs);
            pipeline.streams.start();
        } catch (RuntimeException | Error failed) {
            pipeline.streams.close(Duration.ZERO);
            throw failed;
        }
        return pipeline;
    }

    /** Ends the pipeline for a reason that Streams does not know of. */
    private void stopFor(String sentence) {
        failure.compareAndSet(null, PipelineException.saying(sentence));
        running.countDown();
        ended.countDown();
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
        waitForKafka(properties);
        properties.putAll(given);
        return properties;
    }

    /**
     * A Kafka that is away is waited for, however long that takes: {@link TopicWatch} says so. A send that times out puts
     * the thread's producer into a state of which another task of the thread dies.
     */
    private static void waitForKafka(Properties properties) {
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), PATIENCE.toMillis());
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), (int) PATIENCE.toMillis());
        // Else the partitions of a topic that is rarely written to are forgotten, and asked for while Kafka is away.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.METADATA_MAX_IDLE_CONFIG), PATIENCE.toMillis());
        properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, PATIENCE.toMillis());
    }

    /** Whether a thread failed because Kafka did not answer, which is nothing that the pipeline has to end for. */
    private boolean isAbsence(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        boolean global = Thread.currentThread().getName().contains("GlobalStreamThread");
        return !global
                && !(at instanceof PipelineException)
                && (at instanceof TimeoutException
                        || at instanceof DisconnectException
                        // A client may remember its absence in other words than these.
                        || watch.map(TopicWatch::wasAwayOfLate).orElse(false));
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

    /**
     * Waits a while for the pipeline to end by itself.
     *
     * @return whether it has ended
     * @throws PipelineException saying why it failed
     */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        boolean over = ended.await(within.toMillis(), TimeUnit.MILLISECONDS);
        throwFailure();
        return over;
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
            throw PipelineException.of(cause);
        }
    }

    /**
     * Shows the metrics of Streams, its clients and its stores, and how many records were set aside.
     *
     * @return to be closed before the pipeline is
     */
    public AutoCloseable bindTo(Meters meters) {
        meters.pipeline().quarantined(quarantine::records);
        meters.rocksDb(RocksDbMemory::usedBytes, RocksDbMemory::ceilingBytes);
        KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams);
        kafka.bindTo(meters.registry());
        return kafka;
    }

    /**
     * How a pipeline stands.
     *
     * @param word for it: starting, running, rebalancing, restoring, waiting for Kafka, stopped or failed
     * @param stores state stores that are being made again; count
     * @param restored records of their changelogs that have been read
     * @param toRestore records of their changelogs that there were to read
     */
    public record Standing(String word, int stores, long restored, long toRestore) {
        /** Whether records are being processed. */
        public boolean running() {
            return word.equals("running");
        }
    }

    /** How it stands at this moment. */
    public Standing standing() {
        int stores = restoring.stores();
        return new Standing(word(stores), stores, restoring.restored(), restoring.toRestore());
    }

    private String word(int stores) {
        if (failure.get() != null) {
            return "failed";
        }
        if (watch.map(TopicWatch::isAway).orElse(false)) {
            return "waiting for Kafka";
        }
        return switch (streams.state()) {
            case CREATED -> "starting";
            case RUNNING -> "running";
            case REBALANCING -> stores > 0 ? "restoring" : "rebalancing";
            case PENDING_SHUTDOWN, NOT_RUNNING -> "stopped";
            case PENDING_ERROR, ERROR -> "failed";
        };
    }

    /** Whether records are being processed now, or held up for moments only; not while Kafka does not answer. */
    public boolean isRunning() {
        return failure.get() == null
                && streams.state().isRunningOrRebalancing()
                && !watch.map(TopicWatch::isAway).orElse(false);
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
        if (closed.getAndSet(true)) {
            return;
        }
        watch.ifPresent(TopicWatch::close);
        boolean stopped = streams.close(CloseOptions.groupMembershipOperation(
                        CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(watch.filter(TopicWatch::isAway).isPresent() ? STOP_WITHIN_WITHOUT_KAFKA : STOP_WITHIN));
        try {
            boolean away = watch.map(TopicWatch::isAway).orElse(false);
            if (stopped && !away && admin.isPresent() && living.isPresent()) {
                seal.close(living.get().changelogIds(admin.get()));
            }
        } catch (KafkaException failed) {
            LOG.debug("The local state is not sealed.", failed);
        } finally {
            admin.ifPresent(open -> open.close(Duration.ZERO));
        }
    }
}

package io.stillwatch.replay;

import io.stillwatch.ingest.Ingested;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.record.EndOfInput;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.record.RequestHeaders;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes request events to the requests topic, keyed by account, and what could not be read to the dead letters.
 *
 * <p>Idempotent and in order. Records are stamped with their event time.
 */
public final class Feeder implements RequestSink, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Topics topics;
    private final Serializer<RequestEvent> events;
    private final RequestHeaders headers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Callback onSent = (metadata, exception) -> {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        }
    };

    /** Connects with Kafka client properties. */
    public Feeder(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.headers = new RequestHeaders(topics.requests());
        this.events = serdes.serde(RequestEvent.class).serializer();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 96L << 20);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        properties.putAll(clientProperties);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
    public void send(RequestEvent event) {
        producer.send(
                new ProducerRecord<>(
                        topics.requests(),
                        null,
                        event.getEventTime(),
                        event.getAccountId().getBytes(StandardCharsets.UTF_8),
                        events.serialize(topics.requests(), event),
                        headers.ofRequest(event)),
                onSent);
        throwFailure();
    }

    @Override
    public void end(long reachedMs) {
        tell(new EndOfInput(reachedMs + EndOfInput.AFTERWARDS.toMillis(), true), "end-of-input");
    }

    @Override
    public void reach(long reachedMs) {
        tell(new EndOfInput(reachedMs, false), "reached");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
    private void tell(EndOfInput end, String id) {
        for (PartitionInfo partition : producer.partitionsFor(topics.requests())) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topics.requests(), partition.partition(), end.timeMs(), null, utf8(id));
            CloudEventHeaders.from(
                            topics.requests(),
                            id + "/" + partition.partition() + "/" + end.timeMs(),
                            EventTypes.END_OF_INPUT,
                            "text/plain")
                    .forEach(record.headers()::add);
            end.mark(record.headers());
            producer.send(record, onSent);
        }
        throwFailure();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
    public void sendDeadLetter(Ingested.Rejected rejected) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.deadLetters(), null, rejected.original().bytes());
        DeadLetterHandler.describe(
                record.headers(), topics.requests(), rejected.at().toString());
        record.headers()
                .add(DeadLetterHandler.EXCEPTION, utf8("io.stillwatch.ingest.RecordRejected"))
                .add(DeadLetterHandler.MESSAGE, utf8(rejected.cause()))
                .add("stillwatch.source", utf8(rejected.at().toString()));
        producer.send(record, onSent);
        throwFailure();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean keepsDeadLetters() {
        return true;
    }

    @Override
    public void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new FeedException(cause);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}

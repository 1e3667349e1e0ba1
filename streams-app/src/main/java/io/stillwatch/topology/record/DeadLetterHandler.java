package io.stillwatch.topology.record;

import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what cannot be read or counted to the dead-letter topic, with its original bytes and its cause in the headers,
 * and lets processing go on (KIP-1034). Any other failure stops the pipeline before the record counts as processed.
 *
 * <p>The header names are those of Streams' own handlers; unlike them this one writes no stack trace and logs nothing of
 * the record.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    /** Header with the cause's class. */
    public static final String EXCEPTION = "__streams.errors.exception";
    /** Header with the cause in one sentence. */
    public static final String MESSAGE = "__streams.errors.message";
    /** Header with the topic the record came from. */
    public static final String TOPIC = "__streams.errors.topic";
    /** Header with the partition the record came from, in decimal. */
    public static final String PARTITION = "__streams.errors.partition";
    /** Header with the offset the record came from, in decimal. */
    public static final String OFFSET = "__streams.errors.offset";

    private static final String ORIGINAL_ID = "ce_originalid";
    private static final String ORIGINAL_TYPE = "ce_originaltype";
    private static final byte[] UNKNOWN_BYTES = CloudEventHeaders.bytes("application/octet-stream");

    private String topic = "";
    private PipelineMeters meters = PipelineMeters.of(Map.of());

    @Override
    public void configure(Map<String, ?> configs) {
        meters = PipelineMeters.of(configs);
        topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RegistryUnavailableException
                || exception.getCause() instanceof RegistryUnavailableException) {
            // Says nothing about the record: it must be read again when the registry answers.
            return DeserializationExceptionHandler.Response.fail();
        }
        return DeserializationExceptionHandler.Response.resume(
                List.of(deadLetter(context, record.key(), record.value(), exception)));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof LateEventException) && !(exception instanceof SerializationException)) {
            // It says nothing about this record; going on would only lose more of them.
            return ProcessingExceptionHandler.Response.fail();
        }
        return ProcessingExceptionHandler.Response.resume(
                List.of(deadLetter(context, context.sourceRawKey(), context.sourceRawValue(), exception)));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, byte[] key, byte[] value, Exception exception) {
        meters.setAside(context.topic().substring(context.topic().lastIndexOf('.') + 1));
        Headers headers = new RecordHeaders();
        if (context.headers() != null) {
            context.headers().forEach(headers::add);
        }
        String place = context.topic() + "/" + context.partition() + "/" + context.offset();
        describe(headers, context.topic(), place);
        Throwable cause = exception.getCause() instanceof SerializationException ? exception.getCause() : exception;
        add(headers, EXCEPTION, cause.getClass().getName());
        add(headers, MESSAGE, String.valueOf(cause.getMessage()));
        add(headers, TOPIC, context.topic());
        add(headers, PARTITION, Integer.toString(context.partition()));
        add(headers, OFFSET, Long.toString(context.offset()));
        Long timestamp = context.timestamp() >= 0 ? context.timestamp() : null;
        return new ProducerRecord<>(topic, null, timestamp, key, value, headers);
    }

    /**
     * Makes CloudEvents headers those of a dead letter: its own id and type, and of the record its source, its media type
     * and, as extensions, its id and type.
     *
     * @param source where the record comes from if it does not say so
     */
    public static void describe(Headers headers, String source, String id) {
        keep(headers, CloudEventHeaders.ID, ORIGINAL_ID);
        keep(headers, CloudEventHeaders.TYPE, ORIGINAL_TYPE);
        byte[] from = CloudEventHeaders.value(headers, CloudEventHeaders.SOURCE);
        byte[] mediaType = CloudEventHeaders.value(headers, CloudEventHeaders.CONTENT_TYPE);
        headers.remove(CloudEventHeaders.SOURCE);
        headers.remove(CloudEventHeaders.SPEC_VERSION);
        headers.remove(CloudEventHeaders.CONTENT_TYPE);
        CloudEventHeaders.from(
                        from == null ? CloudEventHeaders.bytes(source) : from,
                        id,
                        CloudEventHeaders.bytes(EventTypes.DEAD_LETTER),
                        mediaType == null ? UNKNOWN_BYTES : mediaType)
                .forEach(headers::add);
    }

    private static void keep(Headers headers, String name, String under) {
        byte[] value = CloudEventHeaders.value(headers, name);
        headers.remove(name);
        if (value != null) {
            CloudEventHeaders.set(headers, under, value);
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
}

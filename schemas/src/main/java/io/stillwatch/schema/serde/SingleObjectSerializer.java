package io.stillwatch.schema.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in Avro single-object encoding, each naming its schema by fingerprint so that no registry is needed.
 * May be shared by threads.
 */
public final class SingleObjectSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final byte[] header;
    private final ThreadLocal<RecordWriter<T>> writers;

    public SingleObjectSerializer(Class<T> type) {
        MessageTypes.trust();
        this.header = SingleObjectFormat.header(SchemaFingerprint.of(ReleasedSchemas.current(type)));
        this.writers = ThreadLocal.withInitial(() -> new RecordWriter<>(type));
    }

    /**
     * {@inheritDoc}
     *
     * @param message null, which Kafka keeps as a tombstone, gives null
     * @throws org.apache.kafka.common.errors.SerializationException if a field holds what its schema does not allow
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T message) {
        return message == null ? null : writers.get().write(header, message);
    }
}

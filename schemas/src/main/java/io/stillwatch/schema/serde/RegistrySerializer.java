package io.stillwatch.schema.serde;

import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.serde.avro.AvroSerializer;
import io.apicurio.registry.serde.config.SerdeConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in the registry format. The schema is registered under {@code <topic>-value} with the first message,
 * unless {@code apicurio.registry.auto-register} is false. May be shared by threads.
 */
final class RegistrySerializer<T extends SpecificRecord> implements Serializer<T> {
    private static final byte[] NO_HEADER = {};

    private final RegistryCalls calls;
    private final Encoder<T> encoder;
    private final String subject;

    RegistrySerializer(Class<T> type, RegistryConnection connection) {
        MessageTypes.trust();
        this.calls = connection.calls();
        this.encoder = new Encoder<>(type, connection);
        this.subject = "the schema of " + type.getSimpleName();
        encoder.configure(new SerdeConfig(connection.copyOfSettings()), false);
    }

    /**
     * {@inheritDoc}
     *
     * @param message null, which Kafka keeps as a tombstone, gives null
     * @throws RegistryUnavailableException if the registry cannot be asked for the schema's number
     * @throws SerializationException if a field holds what its schema does not allow
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T message) {
        return message == null ? null : calls.ask(() -> subject, () -> encoder.serializeData(topic, message));
    }

    @Override
    public void close() {
        encoder.close();
    }

    /** Apicurio's serializer with our way of writing the body. */
    private static final class Encoder<T extends SpecificRecord> extends AvroSerializer<T> {
        private final Schema schema;
        private final long fingerprint;
        private final ConcurrentMap<Schema, Boolean> sameLayout = new ConcurrentHashMap<>();
        private final ThreadLocal<RecordWriter<T>> writers;

        Encoder(Class<T> type, RegistryConnection connection) {
            super(connection.client());
            this.schema = ReleasedSchemas.current(type);
            this.fingerprint = SchemaFingerprint.of(schema);
            this.writers = ThreadLocal.withInitial(() -> new RecordWriter<>(type));
        }

        @Override
        public void serializeData(ParsedSchema<Schema> registered, T message, OutputStream out) throws IOException {
            // A body of another layout than the registered schema's would be read with fields in each other's places.
            if (!sameLayout.computeIfAbsent(
                    registered.getParsedSchema(), theirs -> SchemaFingerprint.of(theirs) == fingerprint)) {
                throw new SerializationException("The registry's schema for this topic is not the " + schema.getName()
                        + " this program writes; register the program's schema, or set"
                        + " apicurio.registry.auto-register to true.");
            }
            out.write(writers.get().write(NO_HEADER, message));
        }
    }
}

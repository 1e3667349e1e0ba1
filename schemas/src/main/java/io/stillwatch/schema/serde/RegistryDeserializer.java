package io.stillwatch.schema.serde;

import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.serde.avro.AvroDeserializer;
import io.apicurio.registry.serde.config.SerdeConfig;
import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads messages in the registry format. May be shared by threads. */
final class RegistryDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final byte MAGIC = 0;
    private static final int HEADER_LENGTH = 5;

    private final String typeName;
    private final RegistryCalls calls;
    private final Decoder<T> decoder;

    RegistryDeserializer(Class<T> type, RegistryConnection connection) {
        MessageTypes.trust();
        this.typeName = type.getSimpleName();
        this.calls = connection.calls();
        this.decoder = new Decoder<>(type, connection);
        decoder.configure(new SerdeConfig(connection.copyOfSettings()), false);
    }

    /**
     * {@inheritDoc}
     *
     * @param bytes null, Kafka's tombstone, gives null
     * @throws UnreadableMessageException if the bytes are anything but one message of this type
     * @throws RegistryUnavailableException if the registry cannot be asked for the schema
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0 || bytes[0] != MAGIC) {
            throw new UnreadableMessageException(
                    Reason.NOT_THIS_WIRE_FORMAT,
                    "The " + bytes.length + " bytes are no " + typeName
                            + " in the registry's wire format, which starts with a zero byte; send it that way, or"
                            + " configure no registry.");
        }
        if (bytes.length < HEADER_LENGTH) {
            throw new UnreadableMessageException(
                    Reason.TRUNCATED,
                    "The message ends within its header, after " + bytes.length + " of " + HEADER_LENGTH
                            + " bytes; it was cut off.");
        }
        return calls.ask(() -> named(ByteBuffer.wrap(bytes).getInt(1)), () -> decoder.deserializeData(topic, bytes));
    }

    @Override
    public void close() {
        decoder.close();
    }

    private static String named(long schemaNumber) {
        return "schema number " + schemaNumber;
    }

    /** Apicurio's deserializer with our way of reading the body. */
    private static final class Decoder<T extends SpecificRecord> extends AvroDeserializer<T> {
        private final ThreadLocal<RecordReader<T>> readers;

        Decoder(Class<T> type, RegistryConnection connection) {
            super(connection.client());
            this.readers = ThreadLocal.withInitial(() -> new RecordReader<>(type, RegistryDeserializer::named));
        }

        // Apicurio wraps the message's array and has already added the offset.
        @SuppressWarnings("ByteBufferBackingArray")
        @Override
        protected T readData(ParsedSchema<Schema> writer, ByteBuffer buffer, int start, int length) {
            return readers.get().read(buffer.array(), start, length, writer.getParsedSchema(), buffer.getInt(1));
        }
    }
}

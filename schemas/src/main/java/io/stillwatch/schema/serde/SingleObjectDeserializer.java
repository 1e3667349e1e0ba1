package io.stillwatch.schema.serde;

import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages in Avro single-object encoding, written by this release or any other whose schema is among the
 * {@linkplain ReleasedSchemas released} ones. May be shared by threads.
 */
public final class SingleObjectDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final String typeName;
    private final Map<Long, Schema> writers;
    private final ThreadLocal<RecordReader<T>> readers;

    public SingleObjectDeserializer(Class<T> type) {
        this(type, knownWriters(type));
    }

    SingleObjectDeserializer(Class<T> type, Map<Long, Schema> writers) {
        MessageTypes.trust();
        this.typeName = type.getSimpleName();
        this.writers = Map.copyOf(writers);
        this.readers = ThreadLocal.withInitial(
                () -> new RecordReader<>(type, id -> "schema fingerprint " + SchemaFingerprint.hex(id)));
    }

    /** Writer schemas by fingerprint; the other message types' too, only to say what a stray message is. */
    static Map<Long, Schema> knownWriters(Class<? extends SpecificRecord> type) {
        Map<Long, Schema> known = new HashMap<>();
        for (Class<? extends SpecificRecord> other : MessageTypes.ALL) {
            addWriters(other, known);
        }
        addWriters(type, known);
        return known;
    }

    private static void addWriters(Class<? extends SpecificRecord> type, Map<Long, Schema> known) {
        for (Schema released : ReleasedSchemas.of(type).versions()) {
            known.put(SchemaFingerprint.of(released), released);
        }
        Schema current = ReleasedSchemas.current(type);
        known.put(SchemaFingerprint.of(current), current);
    }

    /** Whether the bytes start like a single-object message; false for null and for JSON. */
    public static boolean isSingleObject(byte @Nullable [] bytes) {
        return bytes != null && SingleObjectFormat.isMarked(bytes);
    }

    /**
     * {@inheritDoc}
     *
     * @param bytes null, Kafka's tombstone, gives null
     * @throws UnreadableMessageException if the bytes are anything but one message of this type
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (!SingleObjectFormat.isMarked(bytes)) {
            throw new UnreadableMessageException(
                    Reason.NOT_THIS_WIRE_FORMAT,
                    "The " + bytes.length + " bytes are no " + typeName
                            + " in Avro single-object encoding, which starts with C3 01; send it that way, or configure"
                            + " the registry it was written with.");
        }
        if (bytes.length < SingleObjectFormat.HEADER_LENGTH) {
            throw new UnreadableMessageException(
                    Reason.TRUNCATED,
                    "The message ends within its header, after " + bytes.length + " of "
                            + SingleObjectFormat.HEADER_LENGTH + " bytes; it was cut off.");
        }
        long fingerprint = SingleObjectFormat.fingerprint(bytes);
        Schema writer = writers.get(fingerprint);
        if (writer == null) {
            throw new UnreadableMessageException(
                    Reason.UNKNOWN_SCHEMA,
                    "The message was written with the schema of fingerprint " + SchemaFingerprint.hex(fingerprint)
                            + ", which is no released version of " + typeName
                            + "; upgrade this program, or check which program writes to the topic.");
        }
        return readers.get()
                .read(
                        bytes,
                        SingleObjectFormat.HEADER_LENGTH,
                        bytes.length - SingleObjectFormat.HEADER_LENGTH,
                        writer,
                        fingerprint);
    }
}

package io.stillwatch.schema.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of one type as a header followed by the Avro binary body. Keeps its encoder and buffer, so it belongs
 * to one thread.
 */
final class RecordWriter<T extends SpecificRecord> {
    /** The buffer starts at a usual message's size and is dropped after one longer than the second bound. Bytes. */
    private static final int INITIAL_BUFFER = 1 << 10;

    private static final int KEEP_BUFFERS_UP_TO = 1 << 20;

    private final Schema schema;
    private final SpecificData data;
    private final SpecificDatumWriter<T> writer;
    private @Nullable Buffer kept;

    private record Buffer(ByteArrayOutputStream bytes, BinaryEncoder encoder) {
        private static Buffer create() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BUFFER);
            return new Buffer(bytes, EncoderFactory.get().binaryEncoder(bytes, null));
        }
    }

    RecordWriter(Class<T> type) {
        this.schema = ReleasedSchemas.current(type);
        this.data = new SpecificData(type.getClassLoader());
        data.setCustomCoders(true);
        this.writer = new SpecificDatumWriter<>(schema, data);
    }

    /**
     * The message as bytes of its own.
     *
     * @param header bytes to put before the body
     * @throws SerializationException if a field holds what its schema does not allow, naming the field
     */
    byte[] write(byte[] header, T message) {
        Buffer buffer = kept == null ? Buffer.create() : kept;
        // After a failure the encoder still holds half a message, which must not run into the next one.
        kept = null;
        try {
            buffer.bytes().reset();
            buffer.bytes().writeBytes(header);
            writer.write(message, buffer.encoder());
            buffer.encoder().flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(problem(message), e);
        }
        if (buffer.bytes().size() <= KEEP_BUFFERS_UP_TO) {
            kept = buffer;
        }
        return buffer.bytes().toByteArray();
    }

    private String problem(T message) {
        for (Schema.Field field : schema.getFields()) {
            if (!data.validate(field.schema(), message.get(field.pos()))) {
                return "The " + schema.getName() + " cannot be written: its field " + field.name()
                        + (message.get(field.pos()) == null
                                ? " is null and may not be."
                                : " holds, or holds inside it, a value its schema does not allow.");
            }
        }
        return "The " + schema.getName() + " cannot be written: a field holds a value its schema does not allow.";
    }
}

package io.stillwatch.schema.serde;

import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Avro binary body of a message, whichever release wrote it, into the class of this build. Keeps its decoder
 * and one resolved reader per writer schema, so it belongs to one thread.
 *
 * <p>The bytes are not trusted. Avro's readers refuse a length or an item count that the remaining bytes cannot hold
 * before they allocate for it, so memory stays proportional to the message; what they throw is turned into one exception
 * here.
 */
final class RecordReader<T extends SpecificRecord> {
    /** A decoder keeps the longest string it has read; after a message longer than this it is dropped. Bytes. */
    private static final int KEEP_BUFFERS_UP_TO = 1 << 20;

    private static final int MAX_DETAIL_LENGTH = 200;

    private final Class<T> type;
    private final LongFunction<String> naming;
    private final Schema schema;
    private final SpecificData data;
    private final IdentityHashMap<Schema, DatumReader<T>> readers = new IdentityHashMap<>();
    private @Nullable BinaryDecoder decoder;

    /**
     * @param naming how people call the writer schema that messages name by this number, for the error's sentence
     */
    RecordReader(Class<T> type, LongFunction<String> naming) {
        this.type = type;
        this.naming = naming;
        this.schema = ReleasedSchemas.current(type);
        this.data = new SpecificData(type.getClassLoader());
        data.setFastReaderEnabled(true);
    }

    /**
     * Reads a body that fills the given range exactly.
     *
     * @param writer schema the body was written with
     * @param writerId number by which the message names that schema
     * @throws UnreadableMessageException if the range holds anything but one record of this type
     */
    T read(byte[] bytes, int offset, int length, Schema writer, long writerId) {
        if (!writer.getFullName().equals(schema.getFullName())) {
            throw new UnreadableMessageException(
                    Reason.OTHER_MESSAGE_TYPE,
                    "The message is of type " + writer.getName() + " (" + naming.apply(writerId) + "), not "
                            + schema.getName() + "; check which topic it was sent to.");
        }
        try {
            BinaryDecoder body = DecoderFactory.get().binaryDecoder(bytes, offset, length, decoder);
            decoder = body;
            T message = type.cast(readerFor(writer).read(null, body));
            if (!body.isEnd()) {
                throw new UnreadableMessageException(
                        Reason.TRAILING_BYTES,
                        subject(writerId) + " is followed by " + body.remainingBytes()
                                + " bytes that belong to no field; the message is damaged or was written with another"
                                + " schema.");
            }
            return message;
        } catch (EOFException e) {
            throw new UnreadableMessageException(
                    Reason.TRUNCATED,
                    subject(writerId) + " ends before its last field, after " + length
                            + " bytes; the message was cut off or damaged.",
                    e);
        } catch (UnreadableMessageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UnreadableMessageException(
                    Reason.CORRUPT,
                    subject(writerId) + " holds a value that its field cannot take" + detail(e)
                            + "; the message is damaged or was written with another schema.",
                    e);
        } finally {
            if (length > KEEP_BUFFERS_UP_TO) {
                decoder = null;
            }
        }
    }

    private String subject(long writerId) {
        return "The " + schema.getName() + " (" + naming.apply(writerId) + ")";
    }

    private DatumReader<T> readerFor(Schema writer) {
        return readers.computeIfAbsent(writer, key -> new SpecificDatumReader<>(key, schema, data));
    }

    /** Avro's own word for what is wrong: made of schema names and numbers, but bounded and printable all the same. */
    private static String detail(Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return "";
        }
        StringBuilder printable = new StringBuilder(" (");
        message.codePoints()
                .limit(MAX_DETAIL_LENGTH)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(printable::appendCodePoint);
        return printable.append(')').toString();
    }
}

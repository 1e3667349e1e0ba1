package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The native JSON of a request event: an object with its fields in snake_case, of which only {@code account_id} and
 * {@code event_time} are required. Safe for use by many threads.
 */
public final class RequestEventJson {
    private RequestEventJson() {}

    /**
     * Reads one event, such as the value of a Kafka message.
     *
     * @param json one JSON object in UTF-8
     * @return the event as {@link RequestEventValidator#admit} leaves it
     * @throws RecordRejected if it is none, with the reason
     */
    public static RequestEvent read(byte[] json) throws RecordRejected {
        return NativeJsonReader.read(json, 0, json.length);
    }

    /**
     * Writes an event as one line without a line feed; what is absent is left out. Reading it back gives an equal event
     * where the event was admitted by {@link RequestEventValidator}.
     */
    public static String write(RequestEvent event) {
        return NativeJsonWriter.write(event);
    }

    /** Writes an event and a line feed in UTF-8. Does not flush or close the stream. */
    public static void writeLine(RequestEvent event, OutputStream out) throws IOException {
        NativeJsonWriter.writeLine(event, out);
    }
}

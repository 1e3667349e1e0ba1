package io.stillwatch.topology.intake;

import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.OriginalBytes;
import io.stillwatch.ingest.Piece;
import io.stillwatch.ingest.PieceCodec;
import io.stillwatch.ingest.Position;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.record.RequestHeaders;
import io.stillwatch.topology.record.UnreadableMark;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What is written to Kafka of what came in: requests and what could not be read to the requests topic, pieces of requests to
 * their own. CloudEvents headers tell the source and the place in it.
 *
 * <p>Not for several threads at once.
 */
public final class IntakeRecords {
    /** Extension headers of CloudEvents with the place in the source: partition and offset of a topic, number of a request. */
    static final String PARTITION = "ce_sourcepartition";

    static final String OFFSET = "ce_sourceoffset";
    static final String ITEM = "ce_sourceitem";

    /** Room for headers and key within the largest record. */
    private static final int MOST_VALUE_BYTES = Topics.MAX_REQUEST_BYTES - (64 << 10);

    private final Topics topics;
    private final Serializer<RequestEvent> events;

    /** A writer of the topics' records. */
    public IntakeRecords(Topics topics, SerdeFactory serdes) {
        this.topics = topics;
        this.events = serdes.serde(RequestEvent.class).serializer();
    }

    /**
     * A record to write.
     *
     * @param topic it belongs to
     * @param key null where there is none
     * @param timestampMs event time, milliseconds since 1970; empty where that is not known
     */
    @SuppressWarnings("ArrayRecordComponent") // Kafka's own type for bytes; never compared
    public record Outgoing(
            String topic, byte @Nullable [] key, byte[] value, Optional<Long> timestampMs, Headers headers) {}

    /** The record to write of one thing that came in; empty for what is no model call. */
    public Optional<Outgoing> of(Ingested ingested) {
        if (ingested instanceof Ingested.Accepted accepted) {
            return Optional.of(request(accepted.event(), accepted.at()));
        }
        if (ingested instanceof Ingested.Part part) {
            return Optional.of(piece(part.piece()));
        }
        return ingested instanceof Ingested.Rejected rejected
                ? Optional.of(unreadable(rejected.at(), rejected.cause(), rejected.original()))
                : Optional.empty();
    }

    private Outgoing request(RequestEvent event, Position at) {
        byte[] value = events.serialize(topics.requests(), event);
        if (value.length > MOST_VALUE_BYTES) {
            return unreadable(at, tooLarge(value.length), OriginalBytes.of(value));
        }
        return new Outgoing(
                topics.requests(),
                bytes(event.getAccountId()),
                value,
                Optional.of(event.getEventTime()),
                headers(at, RequestHeaders.id(event), EventTypes.REQUEST, "application/avro"));
    }

    private Outgoing piece(Piece piece) {
        byte[] value = PieceCodec.encode(piece);
        if (value.length > MOST_VALUE_BYTES) {
            return unreadable(piece.at(), tooLarge(value.length), piece.original());
        }
        return new Outgoing(
                topics.pieces(),
                bytes(piece.group()),
                value,
                Optional.of(Math.max(0, piece.timeMs())),
                headers(piece.at(), piece.at().toString(), EventTypes.PIECE, "application/json"));
    }

    private static String tooLarge(int length) {
        return String.format(Locale.ROOT, "the record is too large for Kafka: %,d bytes", length);
    }

    private Outgoing unreadable(Position at, String cause, OriginalBytes original) {
        Headers headers = headers(at, at.toString(), EventTypes.UNREADABLE, "application/octet-stream");
        String sentence = Character.toUpperCase(cause.charAt(0)) + cause.substring(1) + ".";
        UnreadableMark.mark(
                headers,
                original.complete()
                        ? sentence
                        : sentence + " Of " + original.length() + " bytes the first are kept; their SHA-256 is "
                                + original.sha256().orElse("unknown") + ".");
        return new Outgoing(topics.requests(), null, original.bytes(), Optional.empty(), headers);
    }

    private static Headers headers(Position at, String id, String type, String mediaType) {
        String source = at.source();
        boolean ofTopic = at.unit() == Position.Unit.OFFSET;
        int slash = source.lastIndexOf('/');
        Headers headers = CloudEventHeaders.from(ofTopic ? source.substring(0, slash) : source, id, type, mediaType);
        if (ofTopic) {
            headers.add(PARTITION, bytes(source.substring(slash + 1)));
        }
        headers.add(OFFSET, bytes(Long.toString(at.record())));
        if (at.item() > 0) {
            headers.add(ITEM, bytes(Long.toString(at.item())));
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.stillwatch.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads payloads that come by themselves, such as the value of a Kafka message or the body of an HTTP request: one record, an
 * array or lines of them, or a batch of OpenTelemetry in JSON or protobuf, in whatever envelope. The same code as for files.
 *
 * <p>What comes out are requests, what could not be read with its bytes, what is no model call, and pieces that {@link
 * PieceJoin} makes requests of. Keeps parts of long lines between payloads of one source, so one reader serves one source. For
 * one thread.
 */
public final class PayloadReader {
    private final IngestOptions options;
    private final RecordExploder exploder;

    /** A reader of payloads in one format, or in any. */
    public PayloadReader(IngestOptions options) {
        this.options = options;
        this.exploder = new RecordExploder(options);
    }

    /**
     * Everything a payload holds; nothing if it is empty.
     *
     * @param at what to call its place
     */
    public List<Ingested> read(byte[] payload, Position at) {
        List<Ingested> told = new ArrayList<>();
        if (payload.length == 0) {
            return told;
        }
        if (payload.length > options.limits().maxBatchBytes()) {
            told.add(new Ingested.Rejected(
                    at,
                    RecordFramer.tooLong(payload.length, options.limits().maxBatchBytes()),
                    OriginalBytes.of(payload, 0, payload.length)));
            return told;
        }
        if (ProtoRecords.isProto(payload, 0)) {
            try {
                return exploder.explodeProto(payload, 0, payload.length, at);
            } catch (RecordRejected e) {
                return List.of(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(payload, 0, payload.length)));
            }
        }
        readText(payload, at, told);
        return told;
    }

    /** Everything that a batch of OpenTelemetry in protobuf holds, where the sender said that it is one. */
    public List<Ingested> readProtobuf(byte[] payload, Position at) {
        try {
            return exploder.explodeProto(payload, 0, payload.length, at);
        } catch (RecordRejected e) {
            return List.of(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(payload, 0, payload.length)));
        }
    }

    /** Everything a payload of text holds; what begins a long line without its end is rejected. */
    public List<Ingested> readWhole(byte[] payload, Position at) {
        List<Ingested> told = new ArrayList<>(read(payload, at));
        left(at).ifPresent(told::add);
        return told;
    }

    private void readText(byte[] payload, Position at, List<Ingested> told) {
        List<Framed> records = new PayloadFrames(payload, at, options.limits().maxBatchBytes()).all();
        for (Framed framed : records) {
            if (framed instanceof Framed.Broken broken) {
                told.add(new Ingested.Rejected(broken.at(), broken.cause(), broken.original()));
            } else {
                Framed.Whole whole = (Framed.Whole) framed;
                exploder.explode(whole).forEachRemaining(told::add);
                whole.cutOff()
                        .ifPresent(cause -> told.add(new Ingested.Rejected(whole.at(), cause, OriginalBytes.NONE)));
            }
        }
    }

    /** Parts of a long line that nothing has followed yet, as a rejected record; empty if there are none. */
    public Optional<Ingested> left(Position at) {
        return exploder.left(at);
    }

    /** Whether the payload begins as a batch of OpenTelemetry in protobuf does. */
    public static boolean isProtobuf(byte[] payload) {
        return ProtoRecords.isProto(Arrays.copyOf(payload, Math.min(payload.length, 64)), 0);
    }
}

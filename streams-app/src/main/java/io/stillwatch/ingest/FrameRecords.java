package io.stillwatch.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Messages with their length before them, four bytes, big-endian, as the Collector's file exporter writes them in its format
 * {@code proto} and where it compresses: each message may be compressed by itself, and is OTLP in JSON or protobuf.
 */
final class FrameRecords implements RecordSource {
    private static final int LENGTH_BYTES = 4;
    private static final int LOOKED_AT = 16;

    private final InputStream in;
    private final String source;
    private final IngestLimits limits;
    private final RecordExploder exploder;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private Iterator<Ingested> pending = new ArrayDeque<Ingested>().iterator();
    private long record;
    private boolean ended;

    FrameRecords(InputStream in, String source, IngestOptions options) {
        this.in = in;
        this.source = source;
        this.limits = options.limits();
        this.exploder = new RecordExploder(options);
    }

    /** Whether the content begins with a length and a message that such a length may stand before. */
    static boolean isFramed(PeekableStream content) throws IOException {
        byte[] start = content.peek(LOOKED_AT);
        if (start.length <= LENGTH_BYTES) {
            return false;
        }
        int length = length(start);
        boolean sensible = start[0] >= 0 && length > 1;
        return sensible
                && (Magic.isCompressed(start, LENGTH_BYTES)
                        || (start[0] == 0
                                && (start[LENGTH_BYTES] == '{' || ProtoRecords.isProto(start, LENGTH_BYTES))));
    }

    private static int length(byte[] bytes) {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public Optional<InputFormat> format() {
        return Optional.of(InputFormat.OTEL);
    }

    @Override
    public Optional<Ingested> next() throws IOException {
        while (true) {
            if (!ready.isEmpty()) {
                return Optional.of(ready.remove());
            }
            if (pending.hasNext()) {
                return Optional.of(pending.next());
            }
            if (ended) {
                return Optional.empty();
            }
            readOn();
        }
    }

    private void readOn() throws IOException {
        record++;
        Position at = Position.record(source, record);
        try {
            byte[] head = in.readNBytes(LENGTH_BYTES);
            if (head.length == 0) {
                ended = true;
                return;
            }
            int length = head.length < LENGTH_BYTES ? -1 : length(head);
            if (length < 0 || length > limits.maxBatchBytes()) {
                ended = true;
                ready.add(new Ingested.Rejected(
                        at,
                        length < 0
                                ? "the length before a message is damaged or cut off"
                                : RecordFramer.tooLong(length, limits.maxBatchBytes()),
                        rest(head)));
                return;
            }
            byte[] message = in.readNBytes(length);
            if (message.length < length) {
                ended = true;
                ready.add(new Ingested.Rejected(
                        at, "the last message is cut off", OriginalBytes.of(message, 0, message.length)));
                return;
            }
            explode(message, at);
        } catch (CorruptInputException e) {
            ended = true;
            ready.add(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.NONE));
        }
    }

    private void explode(byte[] message, Position at) throws IOException {
        try {
            PeekableStream content = Magic.decompressed(new ByteArrayInputStream(message));
            byte[] plain = content.readNBytes(limits.maxBatchBytes() + 1);
            if (plain.length > limits.maxBatchBytes()) {
                throw new RecordRejected("the message has more than " + limits.maxBatchBytes() + " bytes unpacked");
            }
            if (plain.length > 0 && ProtoRecords.isProto(plain, 0)) {
                ready.addAll(exploder.explodeProto(plain, 0, plain.length, at));
            } else if (plain.length > 0) {
                pending = exploder.explode(new Framed.Whole(plain, 0, plain.length, at, Optional.empty()));
            }
        } catch (CorruptInputException e) {
            ready.add(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(message, 0, message.length)));
        } catch (RecordRejected e) {
            ready.add(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(message, 0, message.length)));
        }
    }

    private OriginalBytes rest(byte[] head) throws IOException {
        OriginalBytes.Collector original = new OriginalBytes.Collector();
        original.add(head, 0, head.length);
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            original.add(buffer, 0, read);
        }
        return original.collected();
    }
}

package io.stillwatch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A file of OTLP protobuf: one export body, or several one after another, which in protobuf is the same as one. The spans of
 * one resource are held at a time.
 */
final class ProtoRecords implements RecordSource {
    private static final int BATCH_FIELD = 0x0a;
    private static final int LOOKED_AT = 1 << 12;

    private final InputStream in;
    private final String source;
    private final IngestLimits limits;
    private final RecordExploder exploder;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private long record;
    private boolean ended;

    ProtoRecords(InputStream in, String source, IngestOptions options) {
        this.in = in;
        this.source = source;
        this.limits = options.limits();
        this.exploder = new RecordExploder(options);
    }

    /** Whether the content begins as a batch in protobuf does: a resource's spans, within them a resource or a scope. */
    static boolean isProto(PeekableStream content) throws IOException {
        byte[] start = content.peek(1);
        return start.length > 0 && start[0] == BATCH_FIELD && isProto(content.peek(LOOKED_AT), 0);
    }

    /** Whether what begins at the index begins as a batch does. */
    static boolean isProto(byte[] start, int from) {
        int[] at = {from};
        if (start.length <= from || start[at[0]++] != BATCH_FIELD) {
            return false;
        }
        long outer = varint(start, at);
        int begin = at[0];
        if (outer < 2 || begin >= start.length) {
            return false;
        }
        int tag = start[at[0]++];
        boolean known = tag == 0x0a || tag == 0x12 || tag == 0x1a;
        long inner = varint(start, at);
        return known && inner >= 0 && at[0] - begin + inner <= outer;
    }

    private static long varint(byte[] bytes, int[] at) {
        long value = 0;
        for (int shift = 0; shift < 35 && at[0] < bytes.length; shift += 7) {
            byte next = bytes[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    @Override
    public Optional<InputFormat> format() {
        return Optional.of(InputFormat.OTEL);
    }

    @Override
    public Optional<Ingested> next() throws IOException {
        while (ready.isEmpty() && !ended) {
            readOn();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void readOn() throws IOException {
        record++;
        Position at = Position.record(source, record);
        try {
            int tag = in.read();
            if (tag < 0) {
                ended = true;
                return;
            }
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.write(tag);
            long length = readVarint(message);
            if (tag != BATCH_FIELD || length < 0) {
                reject(at, "the OTLP protobuf message is damaged", message);
                return;
            }
            if (length > limits.maxBatchBytes()) {
                reject(at, RecordFramer.tooLong(length, limits.maxBatchBytes()), message);
                return;
            }
            byte[] body = in.readNBytes((int) length);
            message.writeBytes(body);
            if (body.length < length) {
                reject(at, "the OTLP protobuf message is cut off", message);
                return;
            }
            byte[] bytes = message.toByteArray();
            try {
                ready.addAll(exploder.explodeProto(bytes, 0, bytes.length, at));
            } catch (RecordRejected e) {
                ready.add(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(bytes, 0, bytes.length)));
            }
        } catch (CorruptInputException e) {
            ended = true;
            ready.add(new Ingested.Rejected(at, e.getMessage(), OriginalBytes.NONE));
        }
    }

    private long readVarint(ByteArrayOutputStream kept) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            kept.write(next);
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        return -1;
    }

    /** Nothing behind a damaged length can be found again. */
    private void reject(Position at, String cause, ByteArrayOutputStream begun) throws IOException {
        ended = true;
        OriginalBytes.Collector original = new OriginalBytes.Collector();
        original.add(begun.toByteArray(), 0, begun.size());
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            original.add(buffer, 0, read);
        }
        ready.add(new Ingested.Rejected(at, cause, original.collected()));
    }
}

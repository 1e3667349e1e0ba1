package io.stillwatch.ingest;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What stood in the input where a record was rejected: all of it up to {@link #KEPT_BYTES}, beyond that its head, its
 * length and its SHA-256, by which the rest can be found again in the source.
 */
public final class OriginalBytes {
    /** How much is kept: below Kafka's default message limit of 1 MiB with room for headers; bytes. */
    public static final int KEPT_BYTES = 1_000_000;

    /** Nothing stood there, as where a file ends early. */
    public static final OriginalBytes NONE = new OriginalBytes(new byte[0], 0, Optional.empty());

    private final byte[] bytes;
    private final long length;
    private final Optional<String> sha256;

    private OriginalBytes(byte[] bytes, long length, Optional<String> sha256) {
        this.bytes = bytes;
        this.length = length;
        this.sha256 = sha256;
    }

    /** All that stood there. */
    public static OriginalBytes of(byte[] all) {
        return of(all, 0, all.length);
    }

    static OriginalBytes of(byte[] source, int from, int length) {
        Collector collector = new Collector();
        collector.add(source, from, length);
        return collector.collected();
    }

    /** The bytes kept: all, or the first {@link #KEPT_BYTES}. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Length in the source; bytes, 0 or more. */
    public long length() {
        return length;
    }

    /** Whether {@link #bytes()} is all that stood there. */
    public boolean complete() {
        return bytes.length == length;
    }

    /** SHA-256 over all of it as lower-case hexadecimal digits, present where it was too long to keep. */
    public Optional<String> sha256() {
        return sha256;
    }

    /** Takes in a record piece by piece, holding no more than is kept. */
    static final class Collector {
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private long length;
        private Optional<MessageDigest> digest = Optional.empty();

        void add(byte[] source, int from, int count) {
            int kept = Math.min(count, KEPT_BYTES - head.size());
            if (kept < count && digest.isEmpty()) {
                MessageDigest started = newDigest();
                started.update(head.toByteArray());
                digest = Optional.of(started);
            }
            digest.ifPresent(running -> running.update(source, from, count));
            head.write(source, from, kept);
            length += count;
        }

        OriginalBytes collected() {
            return new OriginalBytes(
                    head.toByteArray(),
                    length,
                    digest.map(done -> HexFormat.of().formatHex(done.digest())));
        }

        private static MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256.", e);
            }
        }
    }
}

package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts an Avro container file (Avro 1.12 specification, "Object Container Files") into its header and blocks without
 * decoding them, so that a damaged block takes no other with it: reading goes on after the next sync marker. Avro's own
 * stream reader stops for good at the first damage, and trusts the lengths in the file when it reserves memory.
 */
final class AvroBlocks {
    private static final int MAGIC_LENGTH = 4;
    private static final int SYNC_LENGTH = 16;
    private static final int LONGEST_HEADER = 4 << 20;
    private static final int LONGEST_VARINT = 10;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[1 << 16];
    /** Begin of the piece being cut; what stands before is done with. */
    private int start;

    private int position;
    private int limit;
    private Optional<String> end = Optional.empty();

    private final byte[] header;
    private final byte[] sync;

    /** A block, or a stretch that is none. */
    sealed interface Piece {

        /** A block of so many records as it stands in the file, sync marker included. */
        final class Block implements Piece {
            private final long count;
            private final byte[] bytes;

            Block(long count, byte[] bytes) {
                this.count = count;
                this.bytes = bytes;
            }

            long count() {
                return count;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** Something damaged. */
        record Damaged(String cause, OriginalBytes original) implements Piece {}
    }

    /**
     * Reads the header.
     *
     * @param longest longest block to hold; bytes
     * @throws CorruptInputException if there is no whole header
     */
    AvroBlocks(InputStream in, int longest) throws IOException {
        this.in = in;
        this.longest = longest;
        skip(MAGIC_LENGTH);
        for (long entries = readLong(); entries != 0; entries = readLong()) {
            if (entries < 0) {
                // A negative count is followed by the length of the entries, for readers that skip them.
                readLong();
            }
            skipEntries(Math.abs(entries));
        }
        skip(SYNC_LENGTH);
        header = Arrays.copyOfRange(buffer, start, position);
        sync = Arrays.copyOfRange(buffer, position - SYNC_LENGTH, position);
    }

    private void skipEntries(long entries) throws IOException {
        for (long entry = 0; entry < entries; entry++) {
            skip(readLong());
            skip(readLong());
        }
    }

    /** The header as it stands in the file. */
    byte[] header() {
        return header.clone();
    }

    /**
     * The next piece, empty at the end of the file.
     *
     * @throws IOException if the device fails
     */
    Optional<Piece> next() throws IOException {
        start = position;
        if (!has(1)) {
            return atEnd();
        }
        try {
            long count = readLong();
            long size = readLong();
            if (count < 0 || size < 0 || size > longest) {
                return Optional.of(damaged("the header of an Avro block is damaged"));
            }
            skip(size + SYNC_LENGTH);
            byte[] bytes = Arrays.copyOfRange(buffer, start, position);
            return Optional.of(
                    Arrays.equals(bytes, bytes.length - SYNC_LENGTH, bytes.length, sync, 0, SYNC_LENGTH)
                            ? new Piece.Block(count, bytes)
                            : damaged("an Avro block is damaged"));
        } catch (CorruptInputException e) {
            return Optional.of(damaged(e.getMessage()));
        }
    }

    private Optional<Piece> atEnd() {
        Optional<Piece> damage =
                end.filter(cause -> !cause.isEmpty()).map(cause -> new Piece.Damaged(cause, OriginalBytes.NONE));
        end = Optional.of("");
        return damage;
    }

    /** Passes over everything up to the next sync marker, beginning where the damaged piece does. */
    private Piece damaged(String cause) throws IOException {
        OriginalBytes.Collector passed = new OriginalBytes.Collector();
        position = start;
        while (!startsWithSync()) {
            if (!has(SYNC_LENGTH + 1)) {
                position = limit;
                end = Optional.of("");
                passed.add(buffer, start, limit - start);
                return new Piece.Damaged(cause, passed.collected());
            }
            position++;
            if (position - start > longest) {
                passed.add(buffer, start, position - start);
                start = position;
            }
        }
        position += SYNC_LENGTH;
        passed.add(buffer, start, position - start);
        return new Piece.Damaged(cause, passed.collected());
    }

    private boolean startsWithSync() throws IOException {
        return has(SYNC_LENGTH) && Arrays.equals(buffer, position, position + SYNC_LENGTH, sync, 0, SYNC_LENGTH);
    }

    private long readLong() throws IOException {
        long value = 0;
        for (int index = 0; index < LONGEST_VARINT; index++) {
            if (!has(1)) {
                throw cutOff();
            }
            byte next = buffer[position++];
            value |= (next & 0x7fL) << (7 * index);
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new CorruptInputException("a number in the Avro file is damaged");
    }

    private void skip(long count) throws IOException {
        if (count < 0 || position - start + count > Math.max(longest, LONGEST_HEADER) + 2L * SYNC_LENGTH) {
            throw new CorruptInputException("a length in the Avro file is damaged");
        }
        if (!has((int) count)) {
            throw cutOff();
        }
        position += (int) count;
    }

    private CorruptInputException cutOff() {
        return new CorruptInputException(end.filter(cause -> !cause.isEmpty())
                .orElse("the Avro file ends in the middle of a block, so it is cut off"));
    }

    /** Whether that many bytes follow, reading on if need be. */
    private boolean has(int count) throws IOException {
        while (limit - position < count) {
            if (end.isPresent()) {
                return false;
            }
            readOn();
        }
        return true;
    }

    private void readOn() throws IOException {
        if (limit == buffer.length && start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            position -= start;
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * limit);
        }
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                end = Optional.of("");
            }
            limit += Math.max(0, read);
        } catch (CorruptInputException e) {
            end = Optional.of(e.getMessage());
        }
    }
}

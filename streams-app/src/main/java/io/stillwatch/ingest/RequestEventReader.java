package io.stillwatch.ingest;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a gateway log record by record, as it stands: no format, compression or length has to be told in advance. {@link
 * LogFiles} reads many as one.
 *
 * <p>The format is told by the first records unless given, the compression (gzip, Zstandard or none) by the first bytes;
 * names are never asked. A record that cannot be read does not stop the reading: it comes out as {@link
 * Ingested.Rejected} in its place. Damage of the data, such as a truncated gzip file, comes out once, at its place, after
 * everything before it. Pieces of a request are joined: no {@link Ingested.Part} comes out.
 *
 * <p>For one thread, except {@link #bytesRead()}.
 */
public final class RequestEventReader implements Iterator<Ingested>, AutoCloseable {
    /** The command-line argument that means standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final long MOST_BYTES = 48L << 20;

    private final UnjoinedReader reader;
    private final PieceJoin join;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private boolean ended;

    private RequestEventReader(UnjoinedReader reader, IngestOptions options) {
        this.reader = reader;
        this.join = new PieceJoin(options.account(), PieceJoin.WAIT, MOST_BYTES);
    }

    /**
     * Opens a command-line argument: a file name, or {@code -} for standard input.
     *
     * @throws IngestException if it cannot be read at all, with what to do
     */
    public static RequestEventReader open(String argument, IngestOptions options) {
        return new RequestEventReader(UnjoinedReader.open(argument, options), options);
    }

    /** As {@link #open(String, IngestOptions)}, with the account that the format names. */
    public static RequestEventReader open(String argument, Optional<InputFormat> format, IngestLimits limits) {
        return open(argument, options(format, limits));
    }

    /** Opens a file; see {@link #open(String, IngestOptions)}. */
    public static RequestEventReader open(Path file, Optional<InputFormat> format, IngestLimits limits) {
        IngestOptions options = options(format, limits);
        return new RequestEventReader(UnjoinedReader.open(file, options), options);
    }

    /**
     * Reads a stream, which is closed with the reader.
     *
     * @param source what to call it in positions and error sentences
     */
    public static RequestEventReader open(InputStream in, String source, IngestOptions options) {
        return new RequestEventReader(UnjoinedReader.open(in, source, options), options);
    }

    /** As {@link #open(InputStream, String, IngestOptions)}, with the account that the format names. */
    public static RequestEventReader open(
            InputStream in, String source, Optional<InputFormat> format, IngestLimits limits) {
        return open(in, source, options(format, limits));
    }

    private static IngestOptions options(Optional<InputFormat> format, IngestLimits limits) {
        return IngestOptions.DEFAULT.withFormat(format).withLimits(limits);
    }

    /**
     * Whether there is a further record, reading on to see.
     *
     * @throws IngestException if the device fails
     */
    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            Optional<Ingested> next = reader.next();
            if (next.isEmpty()) {
                ended = true;
                ready.addAll(join.finish());
            } else if (next.get() instanceof Ingested.Part part) {
                ready.addAll(join.take(part.piece()));
            } else {
                ready.add(next.get());
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Ingested next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The input is read to its end.");
        }
        return ready.remove();
    }

    /** The format the input is read in; empty where it is empty or holds nothing but damage. */
    public Optional<InputFormat> format() {
        return reader.format();
    }

    /** Bytes read from the source so far, compressed where it is; 0 or more. For any thread. */
    public long bytesRead() {
        return reader.bytesRead();
    }

    /** Length of the source, compressed where it is; bytes. Empty for a pipe. */
    public OptionalLong bytesTotal() {
        return reader.bytesTotal();
    }

    /** After the end: a sentence for people if the input held no record at all. */
    public Optional<String> emptyNotice() {
        return reader.emptyNotice();
    }

    @Override
    public void close() {
        reader.close();
    }
}

package io.stillwatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a gateway log record by record, as it stands: no format, compression or length has to be told in advance.
 *
 * <p>The format is told by the first records unless given, the compression (gzip, Zstandard or none) by the first bytes;
 * names are never asked. A record that cannot be read does not stop the reading: it comes out as {@link
 * Ingested.Rejected} in its place. Damage of the data, such as a truncated gzip file, comes out once, at its place, after
 * everything before it.
 *
 * <p>For one thread, except {@link #bytesRead()}.
 */
public final class RequestEventReader implements Iterator<Ingested>, AutoCloseable {
    /** The command-line argument that means standard input. */
    public static final String STANDARD_INPUT = "-";

    private final String source;
    private final CountingStream raw;
    private final OptionalLong bytesTotal;
    private final PeekableStream content;
    private final RecordSource records;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private final IngestOptions options;
    private final PieceJoin join;
    private Optional<Ingested> next = Optional.empty();
    private boolean ended;
    private boolean anyRecord;

    private RequestEventReader(InputStream in, String source, OptionalLong bytesTotal, IngestOptions options)
            throws IOException {
        this.source = source;
        this.options = options;
        this.join = new PieceJoin(options.account(), PieceJoin.WAIT, 128L << 20);
        this.raw = new CountingStream(in);
        this.bytesTotal = bytesTotal;
        this.content = Magic.decompressed(raw);
        this.records = records(options.format(), options.limits());
    }

    /**
     * Opens a command-line argument: a file name, or {@code -} for standard input.
     *
     * @param format the format to read it in, empty to tell it by the content
     * @throws IngestException if it cannot be read at all, with what to do
     */
    public static RequestEventReader open(String argument, Optional<InputFormat> format, IngestLimits limits) {
        return open(argument, options(format, limits));
    }

    /** Opens a command-line argument; see {@link #open(String, Optional, IngestLimits)}. */
    public static RequestEventReader open(String argument, IngestOptions options) {
        if (argument.equals(STANDARD_INPUT)) {
            return open(System.in, "standard input", options);
        }
        try {
            return open(Path.of(argument), options);
        } catch (InvalidPathException e) {
            throw new IngestException("'" + Printable.of(argument, 200) + "' is no file name.");
        }
    }

    /** Reads a stream, which is closed with the reader; see {@link #open(InputStream, String, Optional, IngestLimits)}. */
    public static RequestEventReader open(InputStream in, String source, IngestOptions options) {
        return open(in, source, OptionalLong.empty(), options);
    }

    /** Opens a file; see {@link #open(String, Optional, IngestLimits)}. */
    public static RequestEventReader open(Path file, Optional<InputFormat> format, IngestLimits limits) {
        return open(file, options(format, limits));
    }

    /** Opens a file; see {@link #open(String, Optional, IngestLimits)}. */
    public static RequestEventReader open(Path file, IngestOptions options) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new IngestException(Printable.of(name, 200) + " is a directory; name the files in it, such as "
                    + Printable.of(name, 200) + "/*.");
        }
        try {
            OptionalLong size = Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
            return open(Files.newInputStream(file), name, size, options);
        } catch (NoSuchFileException e) {
            throw new IngestException("There is no file " + Printable.of(name, 200) + ".", e);
        } catch (AccessDeniedException e) {
            throw new IngestException(Printable.of(name, 200) + " cannot be read: permission denied.", e);
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /**
     * Reads a stream, which is closed with the reader.
     *
     * @param source what to call it in positions and error sentences
     */
    public static RequestEventReader open(
            InputStream in, String source, Optional<InputFormat> format, IngestLimits limits) {
        return open(in, source, OptionalLong.empty(), options(format, limits));
    }

    private static RequestEventReader open(InputStream in, String source, OptionalLong size, IngestOptions options) {
        boolean opened = false;
        try {
            RequestEventReader reader = new RequestEventReader(in, source, size, options);
            opened = true;
            return reader;
        } catch (IOException e) {
            throw failed(source, e);
        } finally {
            if (!opened) {
                closeQuietly(in);
            }
        }
    }

    private static IngestOptions options(Optional<InputFormat> format, IngestLimits limits) {
        return IngestOptions.DEFAULT.withFormat(format).withLimits(limits);
    }

    private RecordSource records(Optional<InputFormat> format, IngestLimits limits) throws IOException {
        Optional<String> foreign = Magic.foreign(content);
        if (foreign.isPresent()) {
            throw new IngestException(Printable.of(source, 200) + " " + foreign.get() + ".");
        }
        if (Magic.isAvro(content)) {
            if (format.isPresent() && format.get() != InputFormat.STILLWATCH) {
                throw new IngestException(Printable.of(source, 200) + " is an Avro file, which only the format "
                        + InputFormat.STILLWATCH.id() + " has; leave out --format.");
            }
            return new AvroRecords(content, source, limits);
        }
        if (ProtoRecords.isProto(content)) {
            return new ProtoRecords(content, source, options);
        }
        if (FrameRecords.isFramed(content)) {
            return new FrameRecords(content, source, options);
        }
        Magic.skipByteOrderMark(content);
        return new TextRecords(content, source, options);
    }

    /**
     * Whether there is a further record, reading on to see.
     *
     * @throws IngestException if the device fails
     */
    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !ended) {
            next = joined();
            ended = next.isEmpty();
            anyRecord |= next.isPresent();
        }
        return next.isPresent();
    }

    private Optional<Ingested> joined() {
        while (ready.isEmpty()) {
            Optional<Ingested> read;
            try {
                read = records.next();
            } catch (IOException e) {
                throw failed(source, e);
            }
            if (read.isEmpty()) {
                ready.addAll(join.finish());
                return Optional.ofNullable(ready.poll());
            }
            if (!(read.get() instanceof Ingested.Part part)) {
                return read;
            }
            ready.addAll(join.take(part.piece()));
        }
        return Optional.ofNullable(ready.poll());
    }

    @Override
    public Ingested next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The input is read to its end.");
        }
        Ingested ingested = next.orElseThrow();
        next = Optional.empty();
        return ingested;
    }

    /** The format the input is read in; empty where it is empty or holds nothing but damage. */
    public Optional<InputFormat> format() {
        return records.format();
    }

    /** Bytes read from the source so far, compressed where it is; 0 or more. For any thread. */
    public long bytesRead() {
        return raw.count();
    }

    /** Length of the source, compressed where it is; bytes. Empty for a pipe. */
    public OptionalLong bytesTotal() {
        return bytesTotal;
    }

    /** After the end: a sentence for people if the input held no record at all. */
    public Optional<String> emptyNotice() {
        return ended && !anyRecord
                ? Optional.of(Printable.of(source, 200) + " is empty: it holds no request events.")
                : Optional.empty();
    }

    @Override
    public void close() {
        closeQuietly(content);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // Everything wanted has been read; a failing close takes nothing away from it.
            return;
        }
    }

    private static IngestException failed(String source, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : Printable.of(e.getMessage(), 200);
        return new IngestException(Printable.of(source, 200) + " cannot be read: " + reason + ".", e);
    }
}

package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one input record by record and leaves the pieces of requests apart: {@link RequestEventReader} joins those of one
 * input, {@link LogFiles} those of many.
 *
 * <p>For one thread, except {@link #bytesRead()}.
 */
final class UnjoinedReader implements AutoCloseable {
    private final String source;
    private final CountingStream raw;
    private final OptionalLong bytesTotal;
    private final PeekableStream content;
    private final RecordSource records;
    private boolean ended;
    private boolean anyRecord;

    private UnjoinedReader(InputStream in, String source, OptionalLong bytesTotal, IngestOptions options)
            throws IOException {
        this.source = source;
        this.raw = new CountingStream(in);
        this.bytesTotal = bytesTotal;
        this.content = Magic.decompressed(raw);
        this.records = records(options);
    }

    /** Opens a command-line argument: a file name, or {@code -} for standard input. */
    static UnjoinedReader open(String argument, IngestOptions options) {
        if (argument.equals(RequestEventReader.STANDARD_INPUT)) {
            return open(System.in, "standard input", options);
        }
        try {
            return open(Path.of(argument), options);
        } catch (InvalidPathException e) {
            throw new IngestException("'" + Printable.text(argument, 200) + "' is no file name.");
        }
    }

    /** Opens a file. */
    static UnjoinedReader open(Path file, IngestOptions options) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new IngestException(Printable.text(name, 200) + " is a directory; name the files in it, such as "
                    + Printable.text(name, 200) + "/*.");
        }
        try {
            OptionalLong size = Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
            return open(Files.newInputStream(file), name, size, options);
        } catch (NoSuchFileException e) {
            throw new IngestException("There is no file " + Printable.text(name, 200) + ".", e);
        } catch (AccessDeniedException e) {
            throw new IngestException(Printable.text(name, 200) + " cannot be read: permission denied.", e);
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /** Reads a stream, which is closed with the reader. */
    static UnjoinedReader open(InputStream in, String source, IngestOptions options) {
        return open(in, source, OptionalLong.empty(), options);
    }

    private static UnjoinedReader open(InputStream in, String source, OptionalLong size, IngestOptions options) {
        boolean opened = false;
        try {
            UnjoinedReader reader = new UnjoinedReader(in, source, size, options);
            opened = true;
            return reader;
        } catch (IOException e) {
            throw failed(source, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw outOfMemory(source, e);
        } finally {
            if (!opened) {
                closeQuietly(in);
            }
        }
    }

    private RecordSource records(IngestOptions options) throws IOException {
        Optional<String> foreign = Magic.foreign(content);
        if (foreign.isPresent()) {
            throw new IngestException(Printable.text(source, 200) + " " + foreign.get() + ".");
        }
        if (Magic.isAvro(content)) {
            boolean other = options.format()
                    .filter(format -> format != InputFormat.STILLWATCH)
                    .isPresent();
            if (other) {
                throw new IngestException(Printable.text(source, 200) + " is an Avro file, which only the format "
                        + InputFormat.STILLWATCH.id() + " has; leave out --format.");
            }
            return new AvroRecords(content, source, options.limits());
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

    /** The next record, empty at the end. */
    Optional<Ingested> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            Optional<Ingested> next = records.next();
            ended = next.isEmpty();
            anyRecord |= next.isPresent();
            return next;
        } catch (IOException e) {
            throw failed(source, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            ended = true;
            throw outOfMemory(source, e);
        }
    }

    Optional<InputFormat> format() {
        return records.format();
    }

    long bytesRead() {
        return raw.count();
    }

    OptionalLong bytesTotal() {
        return bytesTotal;
    }

    /** After the end: a sentence for people if the input held no record at all. */
    Optional<String> emptyNotice() {
        return ended && !anyRecord
                ? Optional.of(Printable.text(source, 200) + " is empty: it holds no request events.")
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

    private static IngestException outOfMemory(String source, Error e) {
        return new IngestException(
                Printable.text(source, 200) + " is read no further: a record in it takes more memory to read than"
                        + " there is (" + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB of heap); leave that record out, or give more with STILLWATCH_JAVA_OPTS=-Xmx4g.",
                e);
    }

    private static IngestException failed(String source, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : Printable.text(e.getMessage(), 200);
        return new IngestException(Printable.text(source, 200) + " cannot be read: " + reason + ".", e);
    }
}

package io.stillwatch.bench.formats;

import io.stillwatch.ingest.EventLog;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.RequestEventReader;
import io.stillwatch.ingest.SqlLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * A kind of log: how it is written, and how it is read.
 *
 * @param name format, and what tells it from others of the format
 * @param writing makes a log of so many requests
 * @param reading counts the requests in one
 * @param lines whether each line of it is JSON, so that a plain parser can be set beside it
 */
record Kind(String name, Writing writing, Reading reading, boolean lines) {

    /** Makes a log. */
    interface Writing {
        /** A log of so many requests. */
        byte[] of(int requests) throws Exception;
    }

    /** Reads a log. */
    interface Reading {
        /** How many requests are in it. */
        long requests(byte[] log) throws Exception;
    }

    /** Of one or several lines for each request. */
    static Kind lines(String name, IntFunction<String> linesOfRequest) {
        return lines(name, linesOfRequest, IngestOptions.DEFAULT);
    }

    static Kind lines(String name, IntFunction<String> linesOfRequest, IngestOptions options) {
        return new Kind(
                name,
                requests -> {
                    ByteArrayOutputStream log = new ByteArrayOutputStream();
                    for (int number = 0; number < requests; number++) {
                        log.writeBytes((linesOfRequest.apply(number) + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    return log.toByteArray();
                },
                log -> read(log, options),
                true);
    }

    /** Of any bytes that say by themselves what they are. */
    static Kind bytes(String name, Writing writing) {
        return new Kind(name, writing, log -> read(log, IngestOptions.DEFAULT), false);
    }

    /** Of a file that DuckDB reads. */
    static Kind table(String name, Writing writing, Path file, Path spill, String sql) {
        return new Kind(
                name,
                requests -> {
                    byte[] written = writing.of(requests);
                    Files.write(file, written);
                    return written;
                },
                log -> {
                    try (EventLog read = SqlLog.open(sql, spill, IngestOptions.DEFAULT)) {
                        long requests = accepted(read);
                        if (!read.failures().isEmpty()) {
                            throw new IllegalStateException(read.failures().get(0));
                        }
                        return requests;
                    }
                },
                false);
    }

    private static long read(byte[] log, IngestOptions options) {
        try (RequestEventReader reader =
                RequestEventReader.open(new ByteArrayInputStream(log), "bench", options)) {
            return accepted(reader);
        }
    }

    private static long accepted(Iterator<Ingested> read) {
        long accepted = 0;
        while (read.hasNext()) {
            accepted += read.next() instanceof Ingested.Accepted ? 1 : 0;
        }
        return accepted;
    }
}

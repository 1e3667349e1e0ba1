package io.stillwatch.ingest;

import java.util.Iterator;
import java.util.List;

/** A log that is read once from its beginning to its end, in the order of event time as far as that can be had. */
public interface EventLog extends Iterator<Ingested>, AutoCloseable {
    /** The single inputs, in the order in which they were named. */
    List<String> sources();

    /** What was wrong with inputs that could not be read, or not to their end; sentences for people. */
    List<String> failures();

    /** What else a person should know, after the end: inputs that are empty, events too far out of order. */
    List<String> notices();

    /** What share of the inputs has been read; 0 to 1, NaN where that is not known. */
    double fraction();

    @Override
    void close();
}

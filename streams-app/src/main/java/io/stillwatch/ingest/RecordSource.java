package io.stillwatch.ingest;

import java.io.IOException;
import java.util.Optional;

/** The records of one input, in order. */
interface RecordSource {

    /** The next record, empty at the end. */
    Optional<Ingested> next() throws IOException;

    /** The format of the input, empty where it holds nothing that tells it. */
    Optional<InputFormat> format();
}

package io.stillwatch.cli.evaluate;

import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.TruthReader;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.evasion.Play;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A log file with its truth in another. */
record FileTraffic(String file, List<TruthRow> truth, IngestOptions options) implements LabelledTraffic {
    /** What the name of a truth ends in. */
    static final String TRUTH = ".truth.csv";

    private static final String ENDING = "\\.?(jsonl|json|avro)?(\\.gz|\\.zst)?$";

    /** The file with the truth in one beside it: NAME.truth.csv for NAME.jsonl.gz. */
    static FileTraffic of(String file, IngestOptions options) {
        return of(file, Path.of(file.replaceFirst(ENDING, "") + TRUTH), options);
    }

    /**
     * The file with its truth.
     *
     * @throws UserException when the truth cannot be read
     */
    static FileTraffic of(String file, Path truth, IngestOptions options) {
        try {
            return new FileTraffic(file, TruthReader.read(truth), options);
        } catch (PlanException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    @Override
    public String name() {
        return file;
    }

    @Override
    public Play play() {
        try {
            return new FilePlay(LogFiles.open(List.of(file), options));
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private static final class FilePlay implements Play {
        private final LogFiles reader;
        private @Nullable RequestEvent next;
        private long rejected;
        private long skipped;

        FilePlay(LogFiles reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && reader.hasNext()) {
                    Ingested record = reader.next();
                    if (record instanceof Ingested.Accepted accepted) {
                        next = accepted.event();
                    } else if (record instanceof Ingested.Rejected) {
                        rejected++;
                    } else if (record instanceof Ingested.Skipped) {
                        skipped++;
                    }
                }
            } catch (IngestException e) {
                throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
            }
            if (next == null && !reader.failures().isEmpty()) {
                throw new UserException(reader.failures().get(0), ExitStatus.FAILURE);
            }
            return next != null;
        }

        @Override
        public RequestEvent next() {
            RequestEvent event = hasNext() ? next : null;
            if (event == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return event;
        }

        @Override
        public double done() {
            return reader.fraction();
        }

        @Override
        public long rejected() {
            return rejected;
        }

        @Override
        public long skipped() {
            return skipped;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}

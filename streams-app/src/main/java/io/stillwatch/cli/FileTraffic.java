package io.stillwatch.cli;

import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestLimits;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.RequestEventReader;
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
import java.util.Optional;

/** A log file with its truth in another. */
record FileTraffic(String file, List<TruthRow> truth) implements LabelledTraffic {
    private static final String ENDING = "\\.?(jsonl|json|avro)?(\\.gz|\\.zst)?$";

    /** The file with the truth in one beside it: NAME.truth.csv for NAME.jsonl.gz. */
    static FileTraffic of(String file) {
        return of(file, Path.of(file.replaceFirst(ENDING, "") + ".truth.csv"));
    }

    /**
     * The file with its truth.
     *
     * @throws UserException when the truth cannot be read
     */
    static FileTraffic of(String file, Path truth) {
        try {
            return new FileTraffic(file, TruthReader.read(truth));
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
            return new FilePlay(RequestEventReader.open(file, Optional.empty(), IngestLimits.DEFAULT));
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private static final class FilePlay implements Play {
        private final RequestEventReader reader;
        private RequestEvent next;
        private long rejected;

        FilePlay(RequestEventReader reader) {
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
                    }
                }
            } catch (IngestException e) {
                throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
            }
            return next != null;
        }

        @Override
        public RequestEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            RequestEvent event = next;
            next = null;
            return event;
        }

        @Override
        public double done() {
            return reader.bytesTotal().isPresent()
                    ? (double) reader.bytesRead()
                            / Math.max(1, reader.bytesTotal().getAsLong())
                    : Double.NaN;
        }

        @Override
        public long rejected() {
            return rejected;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}

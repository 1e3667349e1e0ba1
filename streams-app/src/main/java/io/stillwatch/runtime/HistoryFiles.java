package io.stillwatch.runtime;

import io.stillwatch.baseline.History;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.schema.RequestEvent;
import java.util.Iterator;
import java.util.List;

/** Log files, or simulated traffic, as history: fingerprinted on the way, so no text is kept. */
public final class HistoryFiles {
    private final Reporter output;
    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final History history = new History();
    private long rejected;
    private long skipped;
    private String firstSkipped = "";

    /** No history yet; what is rejected will be told. */
    public HistoryFiles(Reporter output) {
        this.output = output;
    }

    /**
     * Reads files, folders or globs in.
     *
     * @throws UserException when one cannot be read
     */
    public void read(List<String> files, IngestOptions options) {
        try (Reporter.Meter progress = output.progress("Reading", "events");
                LogFiles log = LogFiles.open(files, options)) {
            while (log.hasNext()) {
                take(log.next());
                progress.update(history.requests(), log.fraction());
            }
            log.notices().forEach(output::notice);
            if (!log.failures().isEmpty()) {
                throw new UserException(log.failures().get(0), ExitStatus.FAILURE);
            }
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private void take(Ingested next) {
        if (next instanceof Ingested.Accepted accepted) {
            add(accepted.event());
        } else if (next instanceof Ingested.Rejected refused) {
            if (rejected++ == 0) {
                output.notice("rejected " + refused.at() + ": " + refused.cause());
            }
        } else if (next instanceof Ingested.Skipped passed && skipped++ == 0) {
            firstSkipped = passed.why();
        }
    }

    /**
     * Takes simulated traffic in.
     *
     * @param size how many events there are
     */
    public void play(Iterator<RequestEvent> events, long size) {
        try (Reporter.Meter progress = output.progress("Simulating", "events")) {
            while (events.hasNext()) {
                add(events.next());
                progress.update(history.requests(), (double) history.requests() / size);
            }
        }
    }

    private void add(RequestEvent event) {
        history.add(fingerprinter.fingerprint(event));
    }

    /** All that was read. */
    public History history() {
        return history;
    }

    /** How a command that has read all this ends. */
    public ExitStatus status() {
        if (rejected > 1) {
            output.notice(rejected + " records were rejected.");
        }
        if (skipped > 0) {
            output.notice(skipped + " records were skipped, the first because " + firstSkipped + ".");
        }
        boolean nothing = skipped > 0 && history.requests() == 0;
        return rejected > 0 || nothing ? ExitStatus.SOME_REJECTED : ExitStatus.OK;
    }
}

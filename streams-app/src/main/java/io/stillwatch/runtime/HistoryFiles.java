package io.stillwatch.runtime;

import io.stillwatch.account.Backtest;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.Reference;
import io.stillwatch.baseline.Strengths;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Reason;
import io.stillwatch.topology.PipelineOptions;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Log files, or simulated traffic, as history: fingerprinted on the way, so no text is kept, and taken in as a pipeline
 * would take it.
 */
public final class HistoryFiles implements AutoCloseable {
    private final Reporter output;
    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final Optional<FingerprintSpool> spool;
    private final Backtest backtest;
    private long taken;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long rejected;
    private long skipped;
    private String firstSkipped = "";

    private HistoryFiles(Reporter output, Optional<FingerprintSpool> spool, Backtest backtest) {
        this.output = output;
        this.spool = spool;
        this.backtest = backtest;
    }

    /** No history yet, and nothing to look for in it; what is rejected will be told. */
    public static HistoryFiles of(Reporter output) {
        return of(output, SignatureSet.of(List.of()), Reference.NONE);
    }

    /** No history yet; signatures will look at it on the way. */
    public static HistoryFiles of(Reporter output, SignatureSet signatures, Reference reference) {
        return new HistoryFiles(output, Optional.empty(), test(signatures, reference, Optional.empty()));
    }

    /** No history yet; signatures will look at it on the way, and again as often as wanted. */
    public static HistoryFiles repeatable(Reporter output, SignatureSet signatures, Reference reference) {
        return new HistoryFiles(
                output, Optional.of(new FingerprintSpool()), test(signatures, reference, Optional.empty()));
    }

    private static Backtest test(
            SignatureSet signatures, Reference reference, Optional<Backtest.DayTaker> accountDays) {
        PipelineOptions options = PipelineOptions.defaults(1, "");
        return new Backtest(options.accountRules(), options.quietTime(), signatures, reference, accountDays);
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
                progress.update(taken, log.fraction());
            }
            backtest.finish();
            log.notices().forEach(output::notice);
            if (!log.failures().isEmpty()) {
                throw new UserException(log.failures().get(0), ExitStatus.FAILURE);
            }
        } catch (IngestException e) {
            throw new UserException(Reason.of(e), ExitStatus.FAILURE, e);
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
                progress.update(taken, (double) taken / size);
            }
            backtest.finish();
        }
    }

    private void add(RequestEvent event) {
        RequestFingerprint fingerprint = fingerprinter.fingerprint(event);
        taken++;
        firstMs = Math.min(firstMs, fingerprint.getEventTime());
        lastMs = Math.max(lastMs, fingerprint.getEventTime());
        spool.ifPresent(kept -> kept.add(fingerprint));
        backtest.take(fingerprint);
    }

    /** All that was read, and counts. */
    public History history() {
        return backtest.history();
    }

    /** Accounts for which a signature held that may alert, with the ids of such signatures. */
    public Map<String, Set<String>> suspects() {
        return backtest.suspects();
    }

    /** How strongly signatures held on the way. */
    public Strengths strengths() {
        return backtest.strengths();
    }

    /** Event time of the earliest request; milliseconds since 1970. */
    public long firstMs() {
        return firstMs;
    }

    /** Event time of the latest request; milliseconds since 1970. */
    public long lastMs() {
        return lastMs;
    }

    /**
     * Looks at all that was read once more.
     *
     * @param guests are played into it
     * @param accountDays takes account-days with enough requests to say something, of guests too
     */
    public Backtest again(
            SignatureSet signatures, Reference reference, Optional<Guests> guests, Backtest.DayTaker accountDays) {
        Backtest again = test(signatures, reference, Optional.of(accountDays));
        Iterator<RequestFingerprint> coming = guests.map(Guests::requests).orElseGet(Collections::emptyIterator);
        Deque<RequestFingerprint> next = new ArrayDeque<>();
        spool.orElseThrow().forEach(request -> {
            while (!next.isEmpty() || coming.hasNext()) {
                if (next.isEmpty()) {
                    next.add(coming.next());
                }
                if (next.element().getEventTime() > request.getEventTime()) {
                    break;
                }
                again.take(next.remove());
            }
            again.take(request);
            guests.ifPresent(all -> all.after(request).forEach(again::take));
        });
        next.forEach(again::take);
        coming.forEachRemaining(again::take);
        again.finish();
        return again;
    }

    /** How a command that has read all this ends. */
    public ExitStatus status() {
        if (rejected > 1) {
            output.notice(rejected + " records were rejected.");
        }
        if (skipped > 0) {
            output.notice(skipped + " records were skipped, the first because " + firstSkipped + ".");
        }
        if (backtest.late() + backtest.repeated() > 0) {
            output.notice(backtest.late() + " records came too late and " + backtest.repeated()
                    + " were sent before, so they do not count.");
        }
        boolean nothing = skipped > 0 && taken == 0;
        return rejected > 0 || backtest.late() > 0 || nothing ? ExitStatus.SOME_REJECTED : ExitStatus.OK;
    }

    @Override
    public void close() {
        spool.ifPresent(FingerprintSpool::close);
    }
}

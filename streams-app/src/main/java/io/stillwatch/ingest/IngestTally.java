package io.stillwatch.ingest;

/** Counts what became of the records of one or more inputs. */
public final class IngestTally {
    private long accepted;
    private long rejected;
    private long skipped;

    /** Adds one record. */
    public void add(Ingested ingested) {
        if (ingested instanceof Ingested.Accepted) {
            accepted++;
        } else if (ingested instanceof Ingested.Rejected) {
            rejected++;
        } else {
            skipped++;
        }
    }

    /** Request events, count. */
    public long accepted() {
        return accepted;
    }

    /** Records that are no request events, count. */
    public long rejected() {
        return rejected;
    }

    /** Records that are sound but no model calls, count. */
    public long skipped() {
        return skipped;
    }

    /** The exit code that tells what happened: 0 all read, 3 some rejected. */
    public int exitCode() {
        return rejected == 0 ? 0 : 3;
    }
}

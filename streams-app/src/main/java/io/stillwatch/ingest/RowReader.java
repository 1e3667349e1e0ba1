package io.stillwatch.ingest;

/** Reads the records of one format. */
interface RowReader {
    /**
     * What the record holds.
     *
     * @throws RecordRejected if it holds no request event, with the reason
     */
    Ingested read(Row row) throws RecordRejected;

    /** A skipped record. */
    static Ingested skipped(Row row, String why) {
        return new Ingested.Skipped(row.at(), why);
    }

    /** A request event, checked and bounded. */
    static Ingested accepted(Row row, EventDraft draft) throws RecordRejected {
        return new Ingested.Accepted(draft.admit(), row.at());
    }
}

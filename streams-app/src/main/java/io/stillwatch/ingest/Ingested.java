package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;

/** What became of one record of the input. */
public sealed interface Ingested {

    /** Where the record stands. */
    Position at();

    /** A request event, checked and bounded by {@link RequestEventValidator}. */
    record Accepted(RequestEvent event, Position at) implements Ingested {}

    /**
     * A record that is no request event.
     *
     * @param cause one sentence without a full stop, safe to print
     * @param original what stood there, for the dead letters
     */
    record Rejected(Position at, String cause, OriginalBytes original) implements Ingested {}

    /**
     * A record that is sound but no model call, such as the span of a database query.
     *
     * @param why one sentence without a full stop, safe to print
     */
    record Skipped(Position at, String why) implements Ingested {}

    /** A part of a request that other records may complete; {@link PieceJoin} makes requests of them. */
    record Part(Piece piece) implements Ingested {
        @Override
        public Position at() {
            return piece.at();
        }
    }
}

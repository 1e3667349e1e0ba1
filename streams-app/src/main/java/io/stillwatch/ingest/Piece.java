package io.stillwatch.ingest;

/**
 * A record that tells a part of a request: other records, before it or after it and in whatever batches, may tell the rest.
 * {@link PieceJoin} holds the pieces of a request until they are complete or their time is over.
 */
public sealed interface Piece permits SpanPiece, LogPiece, RowPiece {

    /** Where the piece stands. */
    Position at();

    /** What the pieces of one request have in common, such as their trace; pieces are joined within a group only. */
    String group();

    /** The event time at which the piece became known; milliseconds since 1970. Waiting is counted from it. */
    long timeMs();

    /** About how much memory the piece takes; bytes. */
    int weight();

    /** The piece as JSON, for a state store or the dead letters. */
    OriginalBytes original();
}

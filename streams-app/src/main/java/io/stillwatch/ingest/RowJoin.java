package io.stillwatch.ingest;

import java.util.List;

/** How the rows of two tables make requests. */
interface RowJoin {
    /** Whether nothing more is to come for these rows of one group. */
    boolean isComplete(List<RowPiece> rows);

    /** The requests that the rows of one group make, and what is left over. */
    List<Ingested> assemble(List<RowPiece> rows);
}

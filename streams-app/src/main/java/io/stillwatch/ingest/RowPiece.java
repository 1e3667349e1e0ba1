package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * A row of a table that another table's row completes, such as a request of a batch and its result.
 *
 * @param join the tables it belongs to
 * @param group what both rows name, such as the batch's custom id
 * @param role which of the tables it is from
 */
record RowPiece(Position at, RowJoin join, String group, int role, long timeMs, JsonNode row, int weight)
        implements Piece {

    @Override
    public OriginalBytes original() {
        byte[] json = row.toString().getBytes(StandardCharsets.UTF_8);
        return OriginalBytes.of(json, 0, json.length);
    }
}

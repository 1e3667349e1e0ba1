package io.stillwatch.intake;

import io.stillwatch.ingest.Ingested;
import java.util.ArrayList;
import java.util.List;

/**
 * What a payload came to.
 *
 * @param accepted requests and pieces of requests; count
 * @param rejected records that could not be read; count
 * @param skipped records that are no model calls; count
 * @param causes why records were rejected, the first few; sentences without a full stop, each with its place
 */
record IntakeTally(long accepted, long rejected, long skipped, List<String> causes) {
    private static final int CAUSES_TOLD = 5;

    static IntakeTally of(List<Ingested> told) {
        long accepted = 0;
        long skipped = 0;
        long rejected = 0;
        List<String> causes = new ArrayList<>();
        for (Ingested one : told) {
            if (one instanceof Ingested.Rejected refused) {
                rejected++;
                if (causes.size() < CAUSES_TOLD) {
                    causes.add("item " + Math.max(1, refused.at().item()) + ": " + refused.cause());
                }
            } else if (one instanceof Ingested.Skipped) {
                skipped++;
            } else {
                accepted++;
            }
        }
        return new IntakeTally(accepted, rejected, skipped, List.copyOf(causes));
    }

    /** The causes in one sentence; empty where nothing was rejected. */
    String sentence() {
        return causes.isEmpty() ? "" : rejected + " rejected, such as " + String.join("; ", causes);
    }
}

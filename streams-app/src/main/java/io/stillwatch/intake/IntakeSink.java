package io.stillwatch.intake;

import io.stillwatch.ingest.Ingested;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where what came in goes. */
public interface IntakeSink {
    /**
     * Takes what a payload held: requests, pieces of requests, and what could not be read.
     *
     * @return completes when all of it is kept for good, or fails when that cannot be said; then the sender should send it
     *     again, and what was kept already is known as a repetition
     */
    CompletionStage<Void> keep(List<Ingested> told);
}

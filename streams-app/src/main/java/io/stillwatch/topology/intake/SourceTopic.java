package io.stillwatch.topology.intake;

import io.stillwatch.ingest.IngestOptions;

/**
 * A topic that something else writes in its own form.
 *
 * @param name of the topic
 * @param options how its records are read
 */
public record SourceTopic(String name, IngestOptions options) {}

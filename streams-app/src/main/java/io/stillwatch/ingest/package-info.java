/**
 * Gateway log formats to request events: the only place that knows how LiteLLM, OpenTelemetry, OpenAI-style gateways
 * or Stillwatch's own files spell a request.
 *
 * <p>{@link io.stillwatch.ingest.RequestEventReader} reads files and streams, {@link
 * io.stillwatch.ingest.RequestEventJson} single JSON values; both end at {@link
 * io.stillwatch.ingest.RequestEventValidator}, so that a request event means the same wherever it came from. Nothing is
 * dropped silently: every record ends as {@link io.stillwatch.ingest.Ingested}, accepted, rejected with its cause and
 * bytes, or skipped with a reason.
 */
@NullMarked
package io.stillwatch.ingest;

import org.jspecify.annotations.NullMarked;

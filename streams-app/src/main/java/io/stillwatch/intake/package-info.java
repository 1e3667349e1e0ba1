/** Requests that come over HTTP while they happen: OpenTelemetry's OTLP, and JSON of any format that is known. */
@NullMarked
package io.stillwatch.intake;

import org.jspecify.annotations.NullMarked;

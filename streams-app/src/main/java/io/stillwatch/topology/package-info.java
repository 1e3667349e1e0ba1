/**
 * The pipeline as one Kafka Streams topology, and what can be set about it. With its sub-packages the only place that knows
 * Streams; it decodes, calls the pure packages, keeps their state and forwards.
 *
 * <p>Sub-packages know of this one only what is set ({@link io.stillwatch.topology.PipelineOptions}), how it fails
 * ({@link io.stillwatch.topology.PipelineException}) and who listens ({@link io.stillwatch.topology.EvaluationListener});
 * {@code reset} alone runs a topology.
 */
@NullMarked
package io.stillwatch.topology;

import org.jspecify.annotations.NullMarked;

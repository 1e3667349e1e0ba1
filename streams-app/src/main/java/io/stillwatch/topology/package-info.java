/**
 * Kafka Streams wiring: sources, processors, the pane store, sinks and dead letters. The only place that knows Streams;
 * it decodes, calls the pure packages, keeps their state and forwards.
 */
package io.stillwatch.topology;

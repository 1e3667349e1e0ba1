/**
 * What runs a pipeline: the Kafka it runs on, the session that owns it, feeding it and waiting for it, and closing all in
 * order. Commands and benchmarks start from here; it knows no command line.
 */
@NullMarked
package io.stillwatch.runtime;

import org.jspecify.annotations.NullMarked;

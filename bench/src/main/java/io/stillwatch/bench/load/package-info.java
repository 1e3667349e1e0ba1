/** Request traffic for benchmarks of the whole pipeline, a Kafka to send it to, and how far a pipeline has come. */
@NullMarked
package io.stillwatch.bench.load;

import org.jspecify.annotations.NullMarked;

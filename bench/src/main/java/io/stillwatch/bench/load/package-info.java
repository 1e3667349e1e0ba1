/** Request traffic for benchmarks of the whole pipeline, a Kafka to send it to, and how far a pipeline has come. */
package io.stillwatch.bench.load;

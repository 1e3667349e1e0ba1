/** Events a second of the whole pipeline beside the plainest topology and beside what Kafka Streams brings along. */
package io.stillwatch.bench.throughput;

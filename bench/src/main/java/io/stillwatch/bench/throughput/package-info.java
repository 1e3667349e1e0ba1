/** Events a second of the whole pipeline beside the plainest topology and beside what Kafka Streams brings along. */
@NullMarked
package io.stillwatch.bench.throughput;

import org.jspecify.annotations.NullMarked;

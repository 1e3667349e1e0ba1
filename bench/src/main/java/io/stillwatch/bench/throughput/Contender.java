package io.stillwatch.bench.throughput;

import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * A topology that is measured.
 *
 * @param name short, for the table
 * @param does what it does with a record, exactly
 * @param topology makes it
 * @param readsLinks whether it is done only when what it told of accounts has been gone through as well
 * @param watched whether all metrics are gathered, and read once a second
 */
record Contender(String name, String does, Supplier<Topology> topology, boolean readsLinks, boolean watched) {
    Contender(String name, String does, Supplier<Topology> topology) {
        this(name, does, topology, false, false);
    }
}

package io.stillwatch.broker;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What an embedded Kafka needs to know to start.
 *
 * @param dataDirectory holds the records; created where absent, owned while the broker runs
 * @param port where clients connect, always on the loopback address
 */
public record BrokerOptions(Path dataDirectory, PortChoice port) {
    public BrokerOptions {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(port, "port");
    }
}

package io.stillwatch.schema.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Gives the serde of each message type in one wire format. Serdes of one factory share one connection to the registry. */
public final class SerdeFactory {
    private final Serdes serdes;

    @FunctionalInterface
    private interface Serdes {
        <T extends SpecificRecord> Serde<T> of(Class<T> type);
    }

    /**
     * Opens no connection: a registry is first asked when the first message of a kind is written or read.
     *
     * @throws IllegalArgumentException if a registry's settings contradict each other, in a sentence that says what to
     *     change
     */
    public SerdeFactory(WireFormat format) {
        if (format instanceof WireFormat.Registry registry) {
            RegistryConnection connection = RegistryConnection.to(registry);
            this.serdes = new Serdes() {
                @Override
                public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
                    return new SchemaRegistrySerde<>(type, connection);
                }
            };
        } else {
            this.serdes = SingleObjectSerde::new;
        }
    }

    /**
     * A serde for the values of a topic. May be shared by threads.
     *
     * @param type one of {@link MessageTypes#ALL}
     */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return serdes.of(type);
    }
}

package io.stillwatch.schema.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The registry format, both ways, for one message type. May be shared by threads. */
public final class SchemaRegistrySerde<T extends SpecificRecord> implements Serde<T> {
    private final RegistrySerializer<T> serializer;
    private final RegistryDeserializer<T> deserializer;

    /** Opens no connection: the registry is first asked when the first message is written or read. */
    public SchemaRegistrySerde(Class<T> type, WireFormat.Registry registry) {
        this(type, RegistryConnection.to(registry));
    }

    SchemaRegistrySerde(Class<T> type, RegistryConnection connection) {
        this.serializer = new RegistrySerializer<>(type, connection);
        this.deserializer = new RegistryDeserializer<>(type, connection);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}

package io.stillwatch.schema.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Avro single-object encoding, both ways, for one message type. May be shared by threads. */
public final class SingleObjectSerde<T extends SpecificRecord> implements Serde<T> {
    private final SingleObjectSerializer<T> serializer;
    private final SingleObjectDeserializer<T> deserializer;

    public SingleObjectSerde(Class<T> type) {
        this.serializer = new SingleObjectSerializer<>(type);
        this.deserializer = new SingleObjectDeserializer<>(type);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}

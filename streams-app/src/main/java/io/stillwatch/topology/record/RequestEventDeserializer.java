package io.stillwatch.topology.record;

import io.stillwatch.ingest.RecordRejected;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.ingest.RequestEventValidator;
import io.stillwatch.schema.RequestEvent;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads request events from the topic: Avro, or native JSON, which any producer can write without a schema. Either way
 * the event must pass the same checks as one from a file.
 */
public final class RequestEventDeserializer implements Deserializer<RequestEvent> {
    private final Deserializer<RequestEvent> avro;

    public RequestEventDeserializer(Deserializer<RequestEvent> avro) {
        this.avro = avro;
    }

    /**
     * Reads one value.
     *
     * @throws SerializationException saying in one sentence what is wrong with the record
     */
    @Override
    public RequestEvent deserialize(String topic, byte[] value) {
        if (value == null || value.length == 0) {
            throw new SerializationException("The record has no value; a request event is Avro or one JSON object.");
        }
        try {
            if (value[0] == '{') {
                return RequestEventJson.read(value);
            }
            return RequestEventValidator.admit(avro.deserialize(topic, value));
        } catch (RecordRejected e) {
            throw new SerializationException(e.getMessage());
        }
    }

    @Override
    public void close() {
        avro.close();
    }
}

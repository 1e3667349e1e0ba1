package io.stillwatch.replay;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.record.RequestEventDeserializer;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;

/** Reads request events off their topic, as far as they are still kept. */
public final class RequestReader {
    private RequestReader() {}

    /**
     * Hands on the events that are wanted; what cannot be read is left out, as the ledger tells of it.
     *
     * @return how many were handed on
     */
    public static long read(
            Topics topics,
            SerdeFactory serdes,
            Map<String, Object> clientProperties,
            Predicate<RequestEvent> wanted,
            Consumer<RequestEvent> taker) {
        RequestEventDeserializer deserializer =
                new RequestEventDeserializer(serdes.serde(RequestEvent.class).deserializer());
        AtomicLong found = new AtomicLong();
        WholeTopic.read(topics.requests(), clientProperties, record -> {
            try {
                RequestEvent event = deserializer.deserialize(topics.requests(), record.value());
                if (wanted.test(event)) {
                    found.incrementAndGet();
                    taker.accept(event);
                }
            } catch (SerializationException e) {
                // Told by the loss ledger; here it is no request.
            }
        });
        return found.get();
    }
}

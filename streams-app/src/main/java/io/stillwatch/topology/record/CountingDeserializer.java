package io.stillwatch.topology.record;

import io.stillwatch.schema.serde.RegistryUnavailableException;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Hands on what cannot be read as {@link Unreadable} instead of failing: Streams would set it aside before any of our
 * code could count it.
 */
public final class CountingDeserializer implements Deserializer<Object> {
    private final Deserializer<?> values;

    public CountingDeserializer(Deserializer<?> values) {
        this.values = values;
    }

    /**
     * Reads one value.
     *
     * @throws RegistryUnavailableException which says nothing about the record
     */
    @Override
    public Object deserialize(String topic, Headers headers, byte[] bytes) {
        Optional<String> unreadable = UnreadableMark.read(headers);
        if (unreadable.isPresent()) {
            return new Unreadable(new SerializationException(unreadable.get()));
        }
        if (!EndOfInput.marks(headers)) {
            return deserialize(topic, bytes);
        }
        try {
            return EndOfInput.read(headers);
        } catch (SerializationException e) {
            return new Unreadable(e);
        }
    }

    @Override
    public Object deserialize(String topic, byte[] bytes) {
        try {
            return values.deserialize(topic, bytes);
        } catch (SerializationException e) {
            if (e instanceof RegistryUnavailableException || e.getCause() instanceof RegistryUnavailableException) {
                throw e;
            }
            return new Unreadable(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new Unreadable(new SerializationException(
                    "The record cannot be read: " + e.getClass().getSimpleName() + ".", e));
        }
    }

    @Override
    public void close() {
        values.close();
    }
}

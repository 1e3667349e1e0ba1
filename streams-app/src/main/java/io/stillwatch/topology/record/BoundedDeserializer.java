package io.stillwatch.topology.record;

import io.stillwatch.schema.serde.RegistryUnavailableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values of a topic that anybody who may write to it has filled: one that is longer than its kind can be is not
 * looked at, and whatever reading does to the program comes out as the one exception that Streams sets a record aside for.
 */
public final class BoundedDeserializer<T> implements Deserializer<T> {
    private final Deserializer<T> values;
    private final int longest;

    /** @param longest value to read; bytes */
    public BoundedDeserializer(Deserializer<T> values, int longest) {
        this.values = values;
        this.longest = longest;
    }

    /**
     * Reads one value.
     *
     * @throws RegistryUnavailableException which says nothing about the value
     * @throws SerializationException saying in one sentence what is wrong with it
     */
    @Override
    public T deserialize(String topic, byte[] value) {
        if (value != null && value.length > longest) {
            throw new SerializationException(
                    "The record has " + value.length + " bytes, and more than " + longest + " are not looked at here.");
        }
        try {
            return values.deserialize(topic, value);
        } catch (SerializationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new SerializationException(
                    "The record cannot be read: " + e.getClass().getSimpleName() + ".", e);
        }
    }

    @Override
    public void close() {
        values.close();
    }
}

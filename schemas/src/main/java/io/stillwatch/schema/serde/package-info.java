/**
 * Messages to bytes and back, in two wire formats: Avro single-object encoding, which needs nothing beside the message,
 * and the registry format, whose messages name a schema kept in an Apicurio Registry.
 *
 * <p>Start at {@link io.stillwatch.schema.serde.SerdeFactory}. Every serializer and deserializer here may be shared by
 * threads, because Kafka Streams hands one instance to all its threads and a {@code KafkaProducer} may be used by many.
 * What cannot be read surfaces as {@link io.stillwatch.schema.serde.UnreadableMessageException} and nothing else,
 * whatever the bytes.
 */
@NullMarked
package io.stillwatch.schema.serde;

import org.jspecify.annotations.NullMarked;

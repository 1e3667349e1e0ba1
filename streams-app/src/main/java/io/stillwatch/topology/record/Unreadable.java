package io.stillwatch.topology.record;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Stands for a record whose value could not be read, so that it is counted before it goes to the dead letters.
 *
 * @param cause says in one sentence what is wrong
 */
public record Unreadable(SerializationException cause) {}

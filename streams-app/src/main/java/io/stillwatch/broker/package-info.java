/**
 * The embedded single-node Kafka: the real server in this process, on loopback, with its data in one directory that one
 * process owns at a time.
 */
@NullMarked
package io.stillwatch.broker;

import org.jspecify.annotations.NullMarked;

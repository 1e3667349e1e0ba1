/**
 * Text to fingerprint: hashes, template keys, shingles, intent markers, language and embedding. Past this package no
 * text remains. Pure: no Kafka, no clock, no I/O but the bundled resources.
 */
@NullMarked
package io.stillwatch.fingerprint;

import org.jspecify.annotations.NullMarked;

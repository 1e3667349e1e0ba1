package io.stillwatch.schema.serde;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The CRC-64-AVRO fingerprint of a schema's parsing canonical form, by which a single-object message names its schema.
 * It covers what decides how bytes are laid out (names, types, order of fields), not docs, defaults or privacy classes.
 *
 * <p>Source: Apache Avro specification, "Schema Fingerprints".
 */
final class SchemaFingerprint {
    private SchemaFingerprint() {}

    static long of(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The fingerprint as people write it: the 64-bit number in hexadecimal, most significant digit first. */
    static String hex(long fingerprint) {
        return String.format("0x%016x", fingerprint);
    }
}

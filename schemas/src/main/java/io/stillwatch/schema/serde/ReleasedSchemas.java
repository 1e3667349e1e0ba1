package io.stillwatch.schema.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every schema a message type was ever released with, so that messages written by older (and, within compatibility,
 * newer) releases are understood. The files are {@code released/<RecordName>/v1.avsc}, {@code v2.avsc} and so on, without
 * gaps, beside this module's classes.
 *
 * @param recordName simple name of the message type, for example {@code Alert}
 * @param versions released schemas, oldest first: version n is at index n - 1; empty when none was released yet
 */
public record ReleasedSchemas(String recordName, List<Schema> versions) {
    private static final String FOLDER = "/io/stillwatch/schema/released/";

    public ReleasedSchemas {
        versions = List.copyOf(versions);
    }

    /**
     * Reads the released versions of a message type.
     *
     * @throws UncheckedIOException if a released file cannot be read
     * @throws org.apache.avro.SchemaParseException if a released file is no Avro schema
     */
    public static ReleasedSchemas of(Class<? extends SpecificRecord> type) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String file = FOLDER + type.getSimpleName() + "/v" + version + ".avsc";
            try (InputStream in = ReleasedSchemas.class.getResourceAsStream(file)) {
                if (in == null) {
                    return new ReleasedSchemas(type.getSimpleName(), versions);
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException("The released schema " + file + " cannot be read.", e);
            }
        }
    }

    /** The schema this build's generated class was made from. */
    static Schema current(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }
}

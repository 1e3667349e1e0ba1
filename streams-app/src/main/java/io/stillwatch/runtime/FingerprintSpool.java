package io.stillwatch.runtime;

import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Fingerprints in a temporary file, to go through them more than once: logs may come from a pipe, and are slow to read. It
 * holds no text, and goes when it is closed.
 */
final class FingerprintSpool implements AutoCloseable {
    private static final String NAME = "fingerprints";

    private final Path file;
    private final DataOutputStream out;
    private final Serializer<RequestFingerprint> serializer;
    private final Deserializer<RequestFingerprint> deserializer;
    private long number;

    FingerprintSpool() {
        SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
        serializer = serdes.serde(RequestFingerprint.class).serializer();
        deserializer = serdes.serde(RequestFingerprint.class).deserializer();
        try {
            file = Files.createTempFile("stillwatch-history", ".fingerprints");
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void add(RequestFingerprint fingerprint) {
        byte[] bytes = serializer.serialize(NAME, fingerprint);
        try {
            out.writeInt(bytes.length);
            out.write(bytes);
            number++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Hands all of them on, in their order. */
    void forEach(Consumer<RequestFingerprint> taker) {
        try {
            out.flush();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                for (long left = number; left > 0; left--) {
                    byte[] bytes = new byte[in.readInt()];
                    in.readFully(bytes);
                    taker.accept(deserializer.deserialize(NAME, bytes));
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UserException failed(IOException cause) {
        return new UserException(
                "Fingerprints cannot be kept in the temporary directory: " + cause.getMessage()
                        + "; make room there, or name another with -Djava.io.tmpdir in JAVA_TOOL_OPTIONS.",
                ExitStatus.FAILURE,
                cause);
    }

    @Override
    public void close() {
        try (out) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

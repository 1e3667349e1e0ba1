package io.stillwatch.topology;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.profile.CorruptStateException;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The open alert of an entity as its state keeps it. */
final class StoredAlert {
    static {
        MessageTypes.trust();
    }

    private StoredAlert() {}

    /** Writes when the open alert last held, and its newest step; there must be one. */
    static void write(AlertMemory memory, StateWriter out) {
        out.writeSigned(memory.lastHeldMs());
        byte[] alert = encode(memory.open().orElseThrow());
        out.writeUnsigned(alert.length);
        out.writeBytes(alert);
    }

    private static byte[] encode(Alert alert) {
        try {
            ByteBuffer buffer = alert.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param opened alerts opened for the entity so far
     */
    static AlertMemory read(long opened, StateReader in) {
        long lastHeldMs = in.readSigned();
        return new AlertMemory(opened, Optional.of(decode(in.readBytes(in.readCount(Integer.MAX_VALUE)))), lastHeldMs);
    }

    private static Alert decode(byte[] bytes) {
        try {
            return Alert.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new CorruptStateException("the stored alert cannot be read: " + e.getMessage());
        }
    }
}

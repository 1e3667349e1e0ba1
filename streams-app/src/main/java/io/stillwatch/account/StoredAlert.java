package io.stillwatch.account;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.TakenOrders;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entity's alert as its state keeps it: when a signature last held, the newest step, and the orders taken. */
public final class StoredAlert {
    static {
        MessageTypes.trust();
    }

    private StoredAlert() {}

    /** Writes the memory of an alert; there must be one. */
    public static void write(AlertMemory memory, StateWriter out) {
        writeStep(memory, out);
        out.writeUnsigned(memory.orders().hashes().size());
        memory.orders().hashes().forEach(out::writeLong);
    }

    private static void writeStep(AlertMemory memory, StateWriter out) {
        out.writeSigned(memory.lastHeldMs());
        byte[] alert = encode(memory.newest().orElseThrow());
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

    /** Reads what {@link #write} wrote. */
    public static AlertMemory read(StateReader in) {
        long lastHeldMs = in.readSigned();
        Alert alert = decode(in.readBytes(in.readCount(Integer.MAX_VALUE)));
        List<Long> hashes = new ArrayList<>();
        for (int left = in.readCount(TakenOrders.MOST); left > 0; left--) {
            hashes.add(in.readLong());
        }
        return new AlertMemory(Optional.of(alert), lastHeldMs, new TakenOrders(hashes));
    }

    private static Alert decode(byte[] bytes) {
        try {
            return Alert.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new CorruptStateException("the stored alert cannot be read: " + e.getMessage());
        }
    }
}

package io.stillwatch.decision;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.serde.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What was decided about an account.
 *
 * @param rule the policy's rule that gave it
 * @param published whether gateways have been told
 * @param beyondCeiling whether it is milder than the rule says, as too many were blocked
 */
record AccountCase(Decision decision, String rule, boolean published, boolean beyondCeiling) {
    private static final int VERSION = 1;

    static {
        MessageTypes.trust();
    }

    boolean blocks() {
        return decision.getAction() == DecisionAction.BLOCK;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeByte((published ? 1 : 0) | (beyondCeiling ? 2 : 0));
        out.writeString(rule);
        byte[] encoded = bytes(decision);
        out.writeUnsigned(encoded.length);
        out.writeBytes(encoded);
        return out.toByteArray();
    }

    private static byte[] bytes(Decision decision) {
        try {
            ByteBuffer buffer = decision.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AccountCase decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        int flags = in.readByte();
        String rule = in.readString();
        try {
            Decision decision = Decision.fromByteBuffer(ByteBuffer.wrap(in.readBytes(in.readCount(Integer.MAX_VALUE))));
            return new AccountCase(decision, rule, (flags & 1) != 0, (flags & 2) != 0);
        } catch (IOException e) {
            throw new CorruptStateException("a stored decision cannot be read: " + e.getMessage());
        }
    }
}

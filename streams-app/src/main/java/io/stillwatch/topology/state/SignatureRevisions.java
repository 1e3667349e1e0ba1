package io.stillwatch.topology.state;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of {@link io.stillwatch.signature.SignatureSet#revisions()}. */
public final class SignatureRevisions {
    private static final int VERSION = 1;

    private SignatureRevisions() {}

    public static byte[] encode(Map<String, Long> revisions) {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeUnsigned(revisions.size());
        new TreeMap<>(revisions).forEach((id, revision) -> {
            out.writeString(id);
            out.writeSigned(revision);
        });
        return out.toByteArray();
    }

    public static Map<String, Long> decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        Map<String, Long> revisions = new TreeMap<>();
        for (int left = in.readCount(Integer.MAX_VALUE); left > 0; left--) {
            String id = in.readString();
            revisions.put(id, in.readSigned());
        }
        return revisions;
    }
}

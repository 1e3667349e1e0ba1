package io.stillwatch.topology;

import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/** The signatures in shadow that hold for an account, so that the moments when they begin and end can be told. */
final class ShadowMemory {
    /** Estimated heap of an entry of the map, in bytes. */
    private static final long ENTRY_BYTES = 160;

    private static final int MOST = 10_000;

    /**
     * A signature that holds.
     *
     * @param version of the signature
     * @param sinceMs event time at which it was first seen to hold; milliseconds since 1970
     */
    record Held(int version, long sinceMs) {}

    /** By signature id. */
    final Map<String, Held> held = new TreeMap<>();

    /** Event time at which one was last seen to hold; milliseconds since 1970. */
    long lastHeldMs = Long.MIN_VALUE;

    boolean isEmpty() {
        return held.isEmpty();
    }

    void write(StateWriter out) {
        out.writeSigned(lastHeldMs);
        out.writeUnsigned(held.size());
        held.forEach((id, one) -> {
            out.writeString(id);
            out.writeUnsigned(one.version());
            out.writeSigned(one.sinceMs());
        });
    }

    static ShadowMemory read(StateReader in) {
        ShadowMemory memory = new ShadowMemory();
        memory.lastHeldMs = in.readSigned();
        for (int left = in.readCount(MOST); left > 0; left--) {
            String id = in.readString();
            int version = in.readCount(Integer.MAX_VALUE);
            memory.held.put(id, new Held(version, in.readSigned()));
        }
        return memory;
    }

    long approximateBytes() {
        return held.size() * ENTRY_BYTES;
    }
}

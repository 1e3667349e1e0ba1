package io.stillwatch.topology;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The signatures that hold for an entity without alerting, as they are in shadow or allowed, so that the moments when they
 * begin and end can be told.
 */
final class ShadowMemory {
    /** Estimated heap of an entry of the map, in bytes. */
    private static final long ENTRY_BYTES = 160;

    private static final int MOST = 10_000;

    /**
     * A signature that holds.
     *
     * @param version of the signature
     * @param sinceMs event time at which it was first seen to hold; milliseconds since 1970
     * @param allowedBy entry of the allowlist; empty where the signature is in shadow
     */
    record Held(int version, long sinceMs, String allowedBy) {
        /** In shadow. */
        Held(int version, long sinceMs) {
            this(version, sinceMs, "");
        }
    }

    /** By signature id; few accounts have any. */
    private Map<String, Held> held = Collections.emptyMap();

    /** Event time at which one was last seen to hold; milliseconds since 1970. */
    long lastHeldMs = Long.MIN_VALUE;

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** What holds, by signature id; not to be changed. */
    Map<String, Held> held() {
        return held;
    }

    void hold(String signature, Held one) {
        if (held.isEmpty()) {
            held = new TreeMap<>();
        }
        held.put(signature, one);
    }

    void end(String signature) {
        held.remove(signature);
    }

    /** The entries of the allowlist that let something pass. */
    Set<String> allowedBy() {
        return held.values().stream()
                .map(Held::allowedBy)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    void write(StateWriter out) {
        out.writeSigned(lastHeldMs);
        out.writeUnsigned(held.size());
        held.forEach((id, one) -> {
            out.writeString(id);
            out.writeUnsigned(one.version());
            out.writeSigned(one.sinceMs());
            out.writeString(one.allowedBy());
        });
    }

    /** @param withEntries whether what wrote it knew an allowlist */
    static ShadowMemory read(StateReader in, boolean withEntries) {
        ShadowMemory memory = new ShadowMemory();
        memory.lastHeldMs = in.readSigned();
        for (int left = in.readCount(MOST); left > 0; left--) {
            String id = in.readString();
            int version = in.readCount(Integer.MAX_VALUE);
            long sinceMs = in.readSigned();
            memory.hold(id, new Held(version, sinceMs, withEntries ? in.readString() : ""));
        }
        return memory;
    }

    long approximateBytes() {
        return held.size() * ENTRY_BYTES;
    }
}

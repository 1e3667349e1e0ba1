package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The signatures that hold for an entity without alerting, as they are in shadow or allowed, so that the moments when they
 * begin and end can be told. Never changed.
 */
public final class ShadowMemory {
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
    public record Held(int version, long sinceMs, String allowedBy) {
        /** In shadow. */
        public Held(int version, long sinceMs) {
            this(version, sinceMs, "");
        }
    }

    /** Nothing holds. */
    public static final ShadowMemory NONE = new ShadowMemory(Collections.emptySortedMap(), Long.MIN_VALUE);

    /** By signature id; few accounts have any. */
    private final SortedMap<String, Held> held;

    /** Event time at which one was last seen to hold; milliseconds since 1970. */
    private final long lastHeldMs;

    private ShadowMemory(SortedMap<String, Held> held, long lastHeldMs) {
        this.held = held;
        this.lastHeldMs = lastHeldMs;
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }

    /** What holds, by signature id. */
    public Map<String, Held> held() {
        return Collections.unmodifiableSortedMap(held);
    }

    /** Event time at which one was last seen to hold; milliseconds since 1970, the least possible for never. */
    public long lastHeldMs() {
        return lastHeldMs;
    }

    /** The same with one that holds. */
    public ShadowMemory with(String signature, Held one) {
        SortedMap<String, Held> other = new TreeMap<>(held);
        other.put(signature, one);
        return new ShadowMemory(other, lastHeldMs);
    }

    /** The same without one that has ceased to hold. */
    public ShadowMemory without(String signature) {
        SortedMap<String, Held> other = new TreeMap<>(held);
        other.remove(signature);
        return new ShadowMemory(other, lastHeldMs);
    }

    /** The same, seen to hold at a time at least. */
    public ShadowMemory heldAt(long timeMs) {
        return new ShadowMemory(held, Math.max(lastHeldMs, timeMs));
    }

    /** The entries of the allowlist that let something pass. */
    public Set<String> allowedBy() {
        return held.values().stream()
                .map(Held::allowedBy)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    public void write(StateWriter out) {
        out.writeSigned(lastHeldMs);
        out.writeUnsigned(held.size());
        held.forEach((id, one) -> {
            out.writeString(id);
            out.writeUnsigned(one.version());
            out.writeSigned(one.sinceMs());
            out.writeString(one.allowedBy());
        });
    }

    /** Reads what {@link #write} wrote. */
    public static ShadowMemory read(StateReader in) {
        long lastHeldMs = in.readSigned();
        SortedMap<String, Held> held = new TreeMap<>();
        for (int left = in.readCount(MOST); left > 0; left--) {
            String id = in.readString();
            int version = in.readCount(Integer.MAX_VALUE);
            held.put(id, new Held(version, in.readSigned(), in.readString()));
        }
        return new ShadowMemory(held, lastHeldMs);
    }

    long approximateBytes() {
        return held.size() * ENTRY_BYTES;
    }
}

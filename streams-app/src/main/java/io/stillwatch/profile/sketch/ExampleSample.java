package io.stillwatch.profile.sketch;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import java.util.ArrayList;
import java.util.List;

/**
 * A few event ids to show: those with the smallest hashes, so the same requests give the same examples in any order.
 * Two ids with the same 64-bit hash count as one.
 */
public final class ExampleSample {
    static final int SIZE = 3;
    private static final int SIZE_BITS = 2;

    private final PackedEventId[] ids = new PackedEventId[SIZE];
    private final long[] hashes = new long[SIZE];
    private int size;

    /** Offers an event id. */
    public void add(String id) {
        long hash = Hash64.of(id);
        int slot = slot(hash);
        if (slot >= 0) {
            insert(slot, PackedEventId.of(id), hash);
        }
    }

    /** Where a hash belongs; negative when it is there already or too large. */
    private int slot(long hash) {
        int slot = size;
        while (slot > 0 && Long.compareUnsigned(hashes[slot - 1], hash) > 0) {
            slot--;
        }
        return slot == SIZE || slot > 0 && hashes[slot - 1] == hash ? -1 : slot;
    }

    private void insert(int slot, PackedEventId id, long hash) {
        for (int at = Math.min(size, SIZE - 1); at > slot; at--) {
            ids[at] = ids[at - 1];
            hashes[at] = hashes[at - 1];
        }
        ids[slot] = id;
        hashes[slot] = hash;
        size = Math.min(SIZE, size + 1);
    }

    /** Takes in what another has counted. */
    public void merge(ExampleSample other) {
        for (int at = 0; at < other.size; at++) {
            int slot = slot(other.hashes[at]);
            if (slot >= 0) {
                insert(slot, other.ids[at], other.hashes[at]);
            }
        }
    }

    /** The sampled event ids. */
    public List<String> ids() {
        List<String> copy = new ArrayList<>(size);
        for (int at = 0; at < size; at++) {
            copy.add(ids[at].text());
        }
        return copy;
    }

    /** Writes it for {@code read}. */
    public void write(BitWriter out) {
        out.bits(size, SIZE_BITS);
        for (int at = 0; at < size; at++) {
            ids[at].write(out);
        }
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in) {
        size = (int) in.bits(SIZE_BITS);
        for (int at = 0; at < size; at++) {
            ids[at] = PackedEventId.read(in);
            hashes[at] = Hash64.of(ids[at].text());
            if (at > 0 && Long.compareUnsigned(hashes[at - 1], hashes[at]) >= 0) {
                throw new CorruptStateException("the example event ids are not in order");
            }
        }
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        long bytes = HeapSize.object(12) + HeapSize.array(SIZE, 4) + HeapSize.array(SIZE, 8);
        for (int at = 0; at < size; at++) {
            bytes += ids[at].approximateBytes();
        }
        return bytes;
    }
}

package io.stillwatch.profile;

import io.stillwatch.fingerprint.Hash64;
import java.util.ArrayList;
import java.util.List;

/**
 * A few event ids to show: those with the smallest hashes, so the same requests give the same examples in any order.
 */
final class ExampleSample {
    static final int SIZE = 3;

    private final String[] ids = new String[SIZE];
    private final long[] hashes = new long[SIZE];
    private int size;

    void add(String id) {
        add(id, Hash64.of(id));
    }

    private void add(String id, long hash) {
        if (size == SIZE && Long.compareUnsigned(hash, hashes[SIZE - 1]) >= 0) {
            return;
        }
        int position = size;
        while (position > 0 && Long.compareUnsigned(hashes[position - 1], hash) > 0) {
            position--;
        }
        if (position > 0 && hashes[position - 1] == hash) {
            return;
        }
        for (int at = Math.min(size, SIZE - 1); at > position; at--) {
            ids[at] = ids[at - 1];
            hashes[at] = hashes[at - 1];
        }
        ids[position] = id;
        hashes[position] = hash;
        size = Math.min(SIZE, size + 1);
    }

    void merge(ExampleSample other) {
        for (int at = 0; at < other.size; at++) {
            add(other.ids[at], other.hashes[at]);
        }
    }

    List<String> ids() {
        List<String> copy = new ArrayList<>(size);
        for (int at = 0; at < size; at++) {
            copy.add(ids[at]);
        }
        return copy;
    }

    void write(StateWriter out) {
        out.writeUnsigned(size);
        for (int at = 0; at < size; at++) {
            out.writeString(ids[at]);
        }
    }

    void read(StateReader in) {
        size = in.readCount(SIZE);
        for (int at = 0; at < size; at++) {
            ids[at] = in.readString();
            hashes[at] = Hash64.of(ids[at]);
        }
    }
}

package io.stillwatch.campaign;

import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.util.Arrays;

/**
 * The keys that occur most, in bounded memory (Misra and Gries 1982).
 *
 * <p>With room for k keys, every key that makes up more than 1/(k+1) of n occurrences is there, and its count is too low
 * by n/(k+1) at most. As long as no more than k different keys occur all counts are exact and order does not matter.
 */
final class FrequentKeys {
    private long[] keys = {};
    private long[] counts = {};

    /** Counts one occurrence. */
    void add(long key, int room) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] == key) {
                counts[at]++;
                return;
            }
        }
        if (keys.length < room) {
            keys = Arrays.copyOf(keys, keys.length + 1);
            counts = Arrays.copyOf(counts, counts.length + 1);
            keys[keys.length - 1] = key;
            counts[counts.length - 1] = 1;
            return;
        }
        forgetOneOfEach();
    }

    private void forgetOneOfEach() {
        int left = 0;
        for (int at = 0; at < keys.length; at++) {
            if (counts[at] > 1) {
                keys[left] = keys[at];
                counts[left++] = counts[at] - 1;
            }
        }
        if (left < keys.length) {
            keys = Arrays.copyOf(keys, left);
            counts = Arrays.copyOf(counts, left);
        }
    }

    int size() {
        return keys.length;
    }

    long key(int at) {
        return keys[at];
    }

    long count(int at) {
        return counts[at];
    }

    void write(StateWriter out) {
        out.writeUnsigned(keys.length);
        for (int at = 0; at < keys.length; at++) {
            out.writeLong(keys[at]);
            out.writeUnsigned(counts[at]);
        }
    }

    static FrequentKeys read(StateReader in, int room) {
        FrequentKeys read = new FrequentKeys();
        int size = in.readCount(room);
        read.keys = new long[size];
        read.counts = new long[size];
        for (int at = 0; at < size; at++) {
            read.keys[at] = in.readLong();
            read.counts[at] = in.readUnsigned();
        }
        return read;
    }

    long approximateBytes() {
        return 24 + 2 * (16 + 8L * keys.length);
    }
}

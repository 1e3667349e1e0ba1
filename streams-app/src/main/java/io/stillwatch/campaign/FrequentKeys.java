package io.stillwatch.campaign;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Arrays;

/**
 * The keys that occur most, in bounded memory (Misra and Gries 1982).
 *
 * <p>With room for k keys, every key that makes up more than 1/(k+1) of n occurrences is there, and its count is too low
 * by n/(k+1) at most. As long as no more than k different keys occur all counts are exact and order does not matter.
 */
final class FrequentKeys {
    private static final long[] NONE = {};

    /** Each key and its count, side by side: one small object an account and kind, for there are many of both. */
    private long[] pairs = NONE;

    private int size;

    /** Counts one occurrence. */
    void add(long key, int room) {
        for (int at = 0; at < size; at++) {
            if (pairs[2 * at] == key) {
                pairs[2 * at + 1]++;
                return;
            }
        }
        if (size == room) {
            forgetOneOfEach();
            return;
        }
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * Math.min(room, Math.max(1, 2 * size)));
        }
        pairs[2 * size] = key;
        pairs[2 * size + 1] = 1;
        size++;
    }

    private void forgetOneOfEach() {
        int left = 0;
        for (int at = 0; at < size; at++) {
            if (count(at) > 1) {
                pairs[2 * left] = key(at);
                pairs[2 * left + 1] = count(at) - 1;
                left++;
            }
        }
        size = left;
    }

    int size() {
        return size;
    }

    long key(int at) {
        return pairs[2 * at];
    }

    long count(int at) {
        return pairs[2 * at + 1];
    }

    void write(StateWriter out) {
        out.writeUnsigned(size);
        for (int at = 0; at < size; at++) {
            out.writeLong(key(at));
            out.writeUnsigned(count(at));
        }
    }

    static FrequentKeys read(StateReader in, int room) {
        FrequentKeys read = new FrequentKeys();
        read.size = in.readCount(room);
        read.pairs = new long[2 * read.size];
        for (int at = 0; at < read.size; at++) {
            read.pairs[2 * at] = in.readLong();
            read.pairs[2 * at + 1] = in.readUnsigned();
        }
        return read;
    }

    long approximateBytes() {
        return 24 + 16 + 8L * pairs.length;
    }
}

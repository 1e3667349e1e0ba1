package io.stillwatch.profile;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.stillwatch.fingerprint.Hash64;
import java.util.Arrays;

/**
 * How many different keys were seen: exact while few, then an UltraLogLog sketch.
 *
 * <p>Up to {@code 2^precision / 4} keys are kept as 32-bit hashes, so the sparse form never takes more bytes than the
 * sketch. The sketch's relative standard error is {@code 0.76 / sqrt(2^precision)} (Ertl 2023, arXiv 2308.16862): 4.8 %
 * at precision 8, 9.5 % at 6. Keys that agree in 32 bits count once: one in 8,600 at a million keys.
 */
final class DistinctCount {
    private final int precision;
    private final int sparseLimit;
    private int[] sparse = new int[4];
    private int size;
    private UltraLogLog dense;

    DistinctCount(int precision) {
        this.precision = precision;
        this.sparseLimit = (1 << precision) / 4;
    }

    void add(long key) {
        addHash((int) (Hash64.finish(key) >>> 32));
    }

    private void addHash(int hash) {
        if (dense != null) {
            dense.add(spread(hash));
            return;
        }
        int slot = Arrays.binarySearch(sparse, 0, size, hash);
        if (slot >= 0) {
            return;
        }
        if (size == sparseLimit) {
            densify();
            dense.add(spread(hash));
            return;
        }
        if (size == sparse.length) {
            sparse = Arrays.copyOf(sparse, Math.min(sparseLimit, size * 2));
        }
        int insert = -slot - 1;
        System.arraycopy(sparse, insert, sparse, insert + 1, size - insert);
        sparse[insert] = hash;
        size++;
    }

    /** The sketch reads all 64 bits. */
    private static long spread(int hash) {
        return Hash64.finish(hash & 0xFFFFFFFFL ^ Hash64.EMPTY);
    }

    private void densify() {
        dense = UltraLogLog.create(precision);
        for (int at = 0; at < size; at++) {
            dense.add(spread(sparse[at]));
        }
        sparse = new int[0];
        size = 0;
    }

    /** Different keys seen; exact while sparse. */
    double estimate() {
        return dense == null ? size : dense.getDistinctCountEstimate();
    }

    void merge(DistinctCount other) {
        if (other.dense != null) {
            if (dense == null) {
                densify();
            }
            dense.add(other.dense);
        } else {
            for (int at = 0; at < other.size; at++) {
                addHash(other.sparse[at]);
            }
        }
    }

    /** Sparse: 2 × keys, then the sorted 32-bit hashes. Dense: 1, then the sketch's registers. */
    void write(StateWriter out) {
        if (dense != null) {
            out.writeUnsigned(1);
            out.writeBytes(dense.getState());
            return;
        }
        out.writeUnsigned((long) size << 1);
        for (int at = 0; at < size; at++) {
            out.writeInt(sparse[at]);
        }
    }

    void read(StateReader in) {
        long head = in.readUnsigned();
        if ((head & 1) == 1) {
            dense = UltraLogLog.wrap(in.readBytes(1 << precision));
            sparse = new int[0];
            size = 0;
            return;
        }
        if (head >>> 1 > sparseLimit) {
            throw new CorruptStateException("a sparse distinct count holds more keys than it can");
        }
        dense = null;
        size = (int) (head >>> 1);
        sparse = new int[Math.max(4, size)];
        for (int at = 0; at < size; at++) {
            sparse[at] = in.readInt();
        }
    }
}

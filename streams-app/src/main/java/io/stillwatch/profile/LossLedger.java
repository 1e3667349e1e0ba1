package io.stillwatch.profile;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.sketch.HeapSize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many records were lost, by {@link Loss}: exact sums. No memory for a ledger without a loss. */
final class LossLedger {
    private long @Nullable [] records;

    void add(Loss kind, long more) {
        if (more == 0) {
            return;
        }
        if (records == null) {
            records = new long[Loss.KINDS];
        }
        records[kind.position()] += more;
    }

    long get(Loss kind) {
        return records == null ? 0 : records[kind.position()];
    }

    boolean isEmpty() {
        return records == null;
    }

    void merge(LossLedger other) {
        if (other.records == null) {
            return;
        }
        if (records == null) {
            records = other.records.clone();
            return;
        }
        for (int kind = 0; kind < records.length; kind++) {
            records[kind] += other.records[kind];
        }
    }

    void write(BitWriter out) {
        for (long kind : Objects.requireNonNull(records)) {
            out.number(kind);
        }
    }

    void read(BitReader in) {
        records = new long[Loss.KINDS];
        long sum = 0;
        for (int kind = 0; kind < records.length; kind++) {
            records[kind] = in.number(Long.MAX_VALUE);
            sum |= records[kind];
        }
        if (sum == 0) {
            throw new CorruptStateException("a loss ledger without a loss");
        }
    }

    long approximateBytes() {
        return HeapSize.object(4) + (records == null ? 0 : HeapSize.array(Loss.KINDS, 8));
    }
}

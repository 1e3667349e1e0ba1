package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import org.jspecify.annotations.Nullable;

/**
 * A row of counters that takes a byte a counter until one passes 255, then an int.
 *
 * <p>Exact up to {@value Integer#MAX_VALUE} a counter. No memory at all before the first count.
 */
public final class Tally {
    private static final int NARROW = 0xFF;

    private final int size;
    private byte @Nullable [] narrow;
    private int @Nullable [] wide;

    /** So many counters, all 0. */
    public Tally(int size) {
        this.size = size;
    }

    /** What one counter says. */
    public int get(int at) {
        return wide != null ? wide[at] : narrow != null ? narrow[at] & NARROW : 0;
    }

    /** Counts one up. */
    public void add(int at) {
        if (wide != null) {
            wide[at]++;
            return;
        }
        if (narrow == null) {
            narrow = new byte[size];
        }
        if (narrow[at] == (byte) NARROW) {
            widen()[at]++;
        } else {
            narrow[at]++;
        }
    }

    void add(int at, int times) {
        if (wide != null || (narrow == null ? 0 : narrow[at] & NARROW) + (long) times > NARROW) {
            int[] counts = wide == null ? widen() : wide;
            counts[at] += times;
            return;
        }
        if (narrow == null) {
            narrow = new byte[size];
        }
        narrow[at] = (byte) (narrow[at] + times);
    }

    private int[] widen() {
        int[] counts = new int[size];
        if (narrow != null) {
            for (int at = 0; at < size; at++) {
                counts[at] = narrow[at] & NARROW;
            }
        }
        narrow = null;
        wide = counts;
        return counts;
    }

    /** Takes in what another has counted. */
    public void merge(Tally other) {
        if (other.wide != null) {
            int[] sums = wide == null ? widen() : wide;
            for (int at = 0; at < size; at++) {
                sums[at] += other.wide[at];
            }
        } else if (other.narrow != null) {
            mergeNarrow(other.narrow);
        }
    }

    private void mergeNarrow(byte[] others) {
        if (wide == null && narrow == null) {
            narrow = others.clone();
            return;
        }
        if (wide == null && narrow != null && fits(narrow, others)) {
            for (int at = 0; at < size; at++) {
                narrow[at] += others[at];
            }
            return;
        }
        int[] sums = wide == null ? widen() : wide;
        for (int at = 0; at < size; at++) {
            sums[at] += others[at] & NARROW;
        }
    }

    private static boolean fits(byte[] left, byte[] right) {
        int sums = 0;
        for (int at = 0; at < left.length; at++) {
            sums |= (left[at] & NARROW) + (right[at] & NARROW);
        }
        return sums <= NARROW;
    }

    /** Takes over counters that were read back. */
    public void set(int[] counts) {
        int most = 0;
        for (int count : counts) {
            most |= count;
        }
        wide = null;
        narrow = null;
        if (most > NARROW) {
            wide = counts;
        } else if (most > 0) {
            narrow = new byte[size];
            for (int at = 0; at < size; at++) {
                narrow[at] = (byte) counts[at];
            }
        }
    }

    /** For counters that add up to a total known from elsewhere. */
    void write(BitWriter out, long total) {
        if (wide != null) {
            out.split(wide, total);
        } else if (narrow != null) {
            out.split(narrow, total);
        }
    }

    void read(BitReader in, long total) {
        int[] counts = new int[size];
        in.split(counts, total);
        set(counts);
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(12)
                + (wide != null ? HeapSize.array(size, 4) : narrow != null ? HeapSize.array(size, 1) : 0);
    }
}

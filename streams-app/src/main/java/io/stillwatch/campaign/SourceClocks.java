package io.stillwatch.campaign;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Arrays;

/**
 * How far event time has come on all partitions: as far as the slowest of them. One that lies {@link #PATIENCE_MS} behind
 * the fastest, or was never heard of, is not waited for, so a partition without traffic stops nobody.
 */
public final class SourceClocks {
    /** Event time that a partition may lie behind before it is no longer waited for, milliseconds. */
    public static final long PATIENCE_MS = 60 * 60 * 1_000;

    /** What a partition tells whose clock nobody vouches for yet. */
    public static final long UNKNOWN = 0;

    private long[] clocks = {};

    /** Takes in how far a partition has come; clocks never go back. */
    public void observe(int partition, long clockMs) {
        if (partition >= clocks.length) {
            int before = clocks.length;
            clocks = Arrays.copyOf(clocks, partition + 1);
            Arrays.fill(clocks, before, clocks.length, Long.MIN_VALUE);
        }
        clocks[partition] = Math.max(clocks[partition], clockMs);
    }

    /** How far a partition has come, milliseconds since 1970; 0 when it was never heard of. */
    public long of(int partition) {
        return partition < clocks.length && clocks[partition] != Long.MIN_VALUE ? clocks[partition] : 0;
    }

    /** Partitions that were heard of. */
    public int heard() {
        int heard = 0;
        for (long clock : clocks) {
            heard += clock == Long.MIN_VALUE ? 0 : 1;
        }
        return heard;
    }

    /** Milliseconds since 1970; {@link Long#MIN_VALUE} before anything was observed. */
    public long nowMs() {
        long fastest = Long.MIN_VALUE;
        for (long clock : clocks) {
            fastest = Math.max(fastest, clock);
        }
        long slowest = fastest;
        for (long clock : clocks) {
            if (clock != Long.MIN_VALUE && clock >= fastest - PATIENCE_MS) {
                slowest = Math.min(slowest, clock);
            }
        }
        return slowest;
    }

    public void write(StateWriter out) {
        out.writeUnsigned(clocks.length);
        for (long clock : clocks) {
            out.writeSigned(clock);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static SourceClocks read(StateReader in) {
        SourceClocks read = new SourceClocks();
        read.clocks = new long[in.readCount(1 << 20)];
        for (int at = 0; at < read.clocks.length; at++) {
            read.clocks[at] = in.readSigned();
        }
        return read;
    }
}

package io.stillwatch.campaign;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Arrays;

/**
 * How far event time has come on each partition, and so up to when everything is known of all of them: the watermark of
 * stream processing (Akidau et al. 2015). What is done by it does not depend on which partition was read first.
 *
 * <p>A partition without traffic says that it rests, and is not waited for until it is heard of again. One whose clock was
 * pushed far ahead takes nobody along: time comes as far as the fastest two partitions have, or as one alone if it leads
 * by no more than {@link #LEAD_MS}. Mutable and not thread-safe.
 */
public final class SourceClocks {
    /** Event time by which one partition alone may lead, milliseconds. */
    public static final long LEAD_MS = 6 * 60 * 60 * 1_000;

    /** What a partition tells whose clock nobody vouches for yet. */
    public static final long UNKNOWN = 0;

    /** Before anything is known. */
    public static final long NEVER = Long.MIN_VALUE;

    private final long[] clocks;

    /** As the clock, or what a clock says that nobody vouches for, which is good enough to wait for. */
    private final long[] reached;

    private final boolean[] resting;

    /** @param partitions how many there are, all of which are waited for; from 1 */
    public SourceClocks(int partitions) {
        this.clocks = new long[partitions];
        this.reached = new long[partitions];
        this.resting = new boolean[partitions];
        Arrays.fill(clocks, NEVER);
        Arrays.fill(reached, NEVER);
    }

    /** Takes in how far a partition has come; clocks never go back. What nobody vouched for before counts no longer. */
    public void observe(int partition, long clockMs) {
        clocks[partition] = Math.max(clocks[partition], clockMs);
        reached[partition] = clocks[partition];
        resting[partition] = false;
    }

    /** Takes in how far a partition has come by a clock that nobody vouches for. */
    public void reach(int partition, long clockMs) {
        reached[partition] = Math.max(reached[partition], clockMs);
        resting[partition] = false;
    }

    /** Takes in that a partition has no traffic. */
    public void rest(int partition) {
        resting[partition] = true;
    }

    /** Whether no partition has traffic. */
    public boolean allRest() {
        for (boolean rests : resting) {
            if (!rests) {
                return false;
            }
        }
        return true;
    }

    /** How far a partition has come, milliseconds since 1970; 0 when it was never heard of. */
    public long of(int partition) {
        return clocks[partition] == NEVER ? 0 : clocks[partition];
    }

    /** Event time before which nothing more is to come, milliseconds since 1970; {@link #NEVER} when that is not known. */
    public long completeMs() {
        long slowest = Long.MAX_VALUE;
        for (int partition = 0; partition < clocks.length; partition++) {
            if (!resting[partition]) {
                slowest = Math.min(slowest, reached[partition]);
            }
        }
        return Math.min(slowest, leadingMs());
    }

    /** Event time that the fastest partitions vouch for, milliseconds since 1970; {@link #NEVER} when none does. */
    public long leadingMs() {
        long fastest = NEVER;
        long second = NEVER;
        for (long clock : clocks) {
            second = Math.max(second, Math.min(fastest, clock));
            fastest = Math.max(fastest, clock);
        }
        return second == NEVER || fastest - second <= LEAD_MS ? fastest : second;
    }

    public void write(StateWriter out) {
        out.writeUnsigned(clocks.length);
        for (int partition = 0; partition < clocks.length; partition++) {
            out.writeSigned(clocks[partition]);
            out.writeSigned(reached[partition]);
            out.writeByte(resting[partition] ? 1 : 0);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param partitions how many there are now
     */
    public static SourceClocks read(StateReader in, int partitions) {
        SourceClocks read = new SourceClocks(partitions);
        int written = in.readCount(1 << 20);
        for (int partition = 0; partition < written; partition++) {
            long clockMs = in.readSigned();
            long reachedMs = in.readSigned();
            boolean rests = in.readByte() == 1;
            if (partition < partitions) {
                read.clocks[partition] = clockMs;
                read.reached[partition] = reachedMs;
                read.resting[partition] = rests;
            }
        }
        return read;
    }
}

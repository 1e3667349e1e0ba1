package io.stillwatch.topology.campaign;

import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * When to look for campaigns: at full ten minutes of event time, as soon as all partitions have passed them, and the less
 * often the less has changed, so that the looks cost in proportion to what is new.
 *
 * <p>Which looks there are, and what is known at each, follows from the event time at which something was told, and not from
 * the order in which partitions are read.
 */
final class CampaignTime {
    /** Event time between two looks, at least. */
    static final long TICK_MS = 10 * 60 * 1_000;

    /** No tick at all, later than all others. */
    static final long NO_TICK = Long.MAX_VALUE;

    /** A look goes through all accounts: as soon as this share of them has changed in ten minutes it is worth one. */
    private static final double SHARE_CHANGED = 1.0 / 4;

    /** Ticks after which anything changed is worth a look. */
    private static final long PATIENT_TICKS = 18;

    private SourceClocks clocks;
    private long tick = Long.MIN_VALUE;
    private long lookedTick;
    private long changed;

    CampaignTime(int partitions) {
        this.clocks = new SourceClocks(partitions);
    }

    /** The tick in which a moment lies; milliseconds since 1970. */
    static long tickOf(long timeMs) {
        return Math.floorDiv(timeMs, TICK_MS);
    }

    SourceClocks clocks() {
        return clocks;
    }

    /** Up to this tick, itself excluded, everything has been told. */
    long completeTick() {
        long completeMs = clocks.completeMs();
        return completeMs == SourceClocks.NEVER ? Long.MIN_VALUE : tickOf(completeMs);
    }

    /** The tick that time has come to; the least number before it began. */
    long tick() {
        return tick;
    }

    /** Lets time come to the beginning of a tick; it never goes back. */
    void passTo(long to) {
        if (tick == Long.MIN_VALUE) {
            lookedTick = to - 1;
        }
        tick = Math.max(tick, to);
    }

    /** Takes in that something has become known of an account. */
    void changed() {
        changed++;
    }

    /** Milliseconds since 1970; the least number before time began. */
    long nowMs() {
        return tick == Long.MIN_VALUE ? tick : tick * TICK_MS;
    }

    /** The tick at whose beginning it is time for a look at so many accounts; {@link #NO_TICK} where nothing changed. */
    long dueTick(int accounts) {
        if (changed == 0) {
            return NO_TICK;
        }
        double ticks = Math.ceil(accounts * SHARE_CHANGED / changed);
        return lookedTick + (long) Math.max(1, Math.min(PATIENT_TICKS, ticks));
    }

    /** Whether it is time for a look at so many accounts. */
    boolean isDue(int accounts) {
        return tick >= dueTick(accounts);
    }

    void looked() {
        lookedTick = tick;
        changed = 0;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        clocks.write(out);
        out.writeSigned(tick);
        out.writeSigned(lookedTick);
        out.writeUnsigned(changed);
        return out.toByteArray();
    }

    static CampaignTime decode(byte[] bytes, int partitions) {
        StateReader in = new StateReader(bytes);
        CampaignTime time = new CampaignTime(partitions);
        time.clocks = SourceClocks.read(in, partitions);
        time.tick = in.readSigned();
        time.lookedTick = in.readSigned();
        time.changed = in.readUnsigned();
        return time;
    }
}

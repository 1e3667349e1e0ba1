package io.stillwatch.topology;

import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;

/**
 * When to look for campaigns: by event time of all partitions, at most every ten minutes of it, and the less often the
 * less has changed, so that the looks cost in proportion to what is new.
 */
final class CampaignTime {
    private static final long TICK_MS = 10 * 60 * 1_000;

    /** A look goes through all accounts: as soon as this share of them has changed in ten minutes it is worth one. */
    private static final double SHARE_CHANGED = 1.0 / 16;

    /** Ticks after which anything changed is worth a look. */
    private static final long PATIENT_TICKS = 18;

    private SourceClocks clocks = new SourceClocks();
    private long nowMs = Long.MIN_VALUE;
    private long lookedTick = Long.MIN_VALUE;
    private long changed;

    void observe(int partition, long clockMs) {
        clocks.observe(partition, clockMs);
        nowMs = Math.max(nowMs, clocks.nowMs());
    }

    void changed() {
        changed++;
    }

    /** Milliseconds since 1970. */
    long nowMs() {
        return nowMs;
    }

    private long tick() {
        return Math.floorDiv(nowMs, TICK_MS);
    }

    /** Whether it is time for a look at so many accounts. */
    boolean isDue(int accounts) {
        if (lookedTick == Long.MIN_VALUE) {
            lookedTick = tick();
        }
        long ticks = tick() - lookedTick;
        return changed > 0
                && ticks > 0
                && (ticks >= PATIENT_TICKS || changed * ticks >= accounts * SHARE_CHANGED);
    }

    void looked() {
        lookedTick = tick();
        changed = 0;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(1);
        clocks.write(out);
        out.writeSigned(nowMs);
        out.writeSigned(lookedTick);
        out.writeUnsigned(changed);
        return out.toByteArray();
    }

    static CampaignTime decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        CampaignTime time = new CampaignTime();
        time.clocks = SourceClocks.read(in);
        time.nowMs = in.readSigned();
        time.lookedTick = in.readSigned();
        time.changed = in.readUnsigned();
        return time;
    }
}

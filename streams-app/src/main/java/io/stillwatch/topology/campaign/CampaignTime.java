package io.stillwatch.topology.campaign;

import io.stillwatch.campaign.SourceClocks;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * When to look for campaigns: by the event time that passes on the partitions, at most every ten minutes of it on average,
 * and the less often the less has changed, so that the looks cost in proportion to what is new.
 *
 * <p>What counts is the time that passes on each partition, not only on the fastest: a log that is read partition by
 * partition is looked through as well.
 */
final class CampaignTime {
    private static final long TICK_MS = 10 * 60 * 1_000;

    /** A look goes through all accounts: as soon as this share of them has changed in ten minutes it is worth one. */
    private static final double SHARE_CHANGED = 1.0 / 4;

    /** Ticks after which anything changed is worth a look. */
    private static final double PATIENT_TICKS = 18;

    private SourceClocks clocks = new SourceClocks();
    private long nowMs = Long.MIN_VALUE;
    private long passedTicks;
    private long changed;

    void observe(int partition, long clockMs) {
        if (clockMs == SourceClocks.UNKNOWN) {
            return;
        }
        long before = clocks.of(partition);
        clocks.observe(partition, clockMs);
        if (before > 0) {
            passedTicks += Math.floorDiv(clocks.of(partition), TICK_MS) - Math.floorDiv(before, TICK_MS);
        }
        nowMs = Math.max(nowMs, clocks.nowMs());
    }

    void changed() {
        changed++;
    }

    /** Milliseconds since 1970. */
    long nowMs() {
        return nowMs;
    }

    SourceClocks clocks() {
        return clocks;
    }

    /** Whether it is time for a look at so many accounts. */
    boolean isDue(int accounts) {
        double ticks = (double) passedTicks / Math.max(1, clocks.heard());
        return changed > 0 && ticks >= 1 && (ticks >= PATIENT_TICKS || changed * ticks >= accounts * SHARE_CHANGED);
    }

    void looked() {
        passedTicks = 0;
        changed = 0;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        clocks.write(out);
        out.writeSigned(nowMs);
        out.writeUnsigned(passedTicks);
        out.writeUnsigned(changed);
        return out.toByteArray();
    }

    static CampaignTime decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        CampaignTime time = new CampaignTime();
        time.clocks = SourceClocks.read(in);
        time.nowMs = in.readSigned();
        time.passedTicks = in.readUnsigned();
        time.changed = in.readUnsigned();
        return time;
    }
}

package io.stillwatch.decision;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * How far event time has come: what a second entity vouches for, so that one with a wrong clock makes nobody's decision
 * lapse. Never goes back.
 */
final class DecisionClock {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private String foremost = "";
    private long foremostMs = UNKNOWN;
    private long nowMs = UNKNOWN;

    /** Takes notice of a time; says whether anything is different now. */
    boolean observe(String entity, long timeMs) {
        if (entity.equals(foremost)) {
            boolean later = timeMs > foremostMs;
            foremostMs = Math.max(foremostMs, timeMs);
            return later;
        }
        if (timeMs >= foremostMs) {
            nowMs = Math.max(nowMs, foremostMs);
            foremost = entity;
            foremostMs = timeMs;
            return true;
        }
        boolean later = timeMs > nowMs;
        nowMs = Math.max(nowMs, timeMs);
        return later;
    }

    /** Whether a second entity vouches for any time. */
    boolean isKnown() {
        return nowMs != UNKNOWN;
    }

    /** Milliseconds since 1970; the least possible while nobody vouches for any. */
    long nowMs() {
        return nowMs;
    }

    /** The best that is known for something that happens now; 0 before anything was seen. */
    long bestMs() {
        return isKnown() ? nowMs : Math.max(0, foremostMs);
    }

    void write(StateWriter out) {
        out.writeString(foremost);
        out.writeLong(foremostMs);
        out.writeLong(nowMs);
    }

    static DecisionClock read(StateReader in) {
        DecisionClock clock = new DecisionClock();
        clock.foremost = in.readString();
        clock.foremostMs = in.readLong();
        clock.nowMs = in.readLong();
        return clock;
    }
}

package io.stillwatch.topology;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * Event time of a partition that no single account can push ahead.
 *
 * <p>Kafka Streams' own stream time is the newest stamp of any record, so one account with a clock in the future would
 * close everybody's windows. This clock is the newest stamp that a second account has reached as well. It never goes
 * back, depends on the records and their order alone, and is stored. Two accounts that lie alike can push it; what they
 * gain is that others are looked at early.
 */
final class PartitionClock {
    private static final long UNSET = Long.MIN_VALUE;

    private String leader = "";
    private long leaderMs = UNSET;
    private long othersMs = UNSET;
    private long nowMs = UNSET;
    private boolean vouched;

    /** Takes in the event time of one request. */
    void observe(String account, long timeMs) {
        if (leaderMs != UNSET && !vouched && !account.equals(leader)) {
            // The first account stood alone; only now is there a time that two have reached, and it may lie before.
            vouched = true;
            othersMs = Math.min(leaderMs, timeMs);
            nowMs = othersMs;
            if (timeMs > leaderMs) {
                leader = account;
                leaderMs = timeMs;
            }
            return;
        }
        if (leaderMs == UNSET) {
            leader = account;
            leaderMs = timeMs;
            othersMs = timeMs;
        } else if (account.equals(leader)) {
            leaderMs = Math.max(leaderMs, timeMs);
        } else if (timeMs > leaderMs) {
            othersMs = Math.max(othersMs, leaderMs);
            leader = account;
            leaderMs = timeMs;
        } else {
            othersMs = Math.max(othersMs, timeMs);
        }
        nowMs = Math.max(nowMs, othersMs);
    }

    /** Takes in that a log is over and time has come to a moment, which whoever fed it vouches for. */
    void passTo(long timeMs) {
        if (leaderMs == UNSET || timeMs > leaderMs) {
            leader = "";
            leaderMs = timeMs;
        }
        vouched = true;
        othersMs = Math.max(othersMs, timeMs);
        nowMs = Math.max(nowMs, timeMs);
    }

    /** Forgets everything, to be read from the store again. */
    void reset() {
        leader = "";
        leaderMs = UNSET;
        othersMs = UNSET;
        nowMs = UNSET;
        vouched = false;
    }

    boolean started() {
        return nowMs != UNSET;
    }

    /** Whether two accounts have been seen, so that a stamp can be ahead of what others say. */
    boolean vouched() {
        return vouched;
    }

    /** Milliseconds since 1970; meaningful once {@link #started}. */
    long nowMs() {
        return nowMs;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(1);
        out.writeString(leader);
        out.writeSigned(leaderMs);
        out.writeSigned(othersMs);
        out.writeSigned(nowMs);
        out.writeByte(vouched ? 1 : 0);
        return out.toByteArray();
    }

    void decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        in.readByte();
        leader = in.readString();
        leaderMs = in.readSigned();
        othersMs = in.readSigned();
        nowMs = in.readSigned();
        vouched = in.readByte() == 1;
    }
}

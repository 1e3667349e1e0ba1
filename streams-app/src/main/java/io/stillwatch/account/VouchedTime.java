package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;

/**
 * Event time that no single account can push ahead: the newest stamp that a second account has reached as well.
 *
 * <p>As long as there is one account only, it is the newest stamp that a second record has reached, so that a wrong first
 * one does not make the rest late. That is no time that others may follow ({@link #vouched}): it goes back when the first
 * stamp was ahead. From the second account on it never goes back.
 */
final class VouchedTime {
    static final long UNSET = Long.MIN_VALUE;

    private String leader = "";
    private long leaderMs = UNSET;

    /** The newest stamp of all others: of all other accounts, or of the only account's other records. */
    private long othersMs = UNSET;

    private long nowMs = UNSET;
    private boolean vouched;

    /** Takes in the event time of one request. */
    void observe(String account, long timeMs) {
        if (leaderMs == UNSET) {
            leader = account;
            leaderMs = timeMs;
            nowMs = timeMs;
            return;
        }
        if (vouched && account.equals(leader)) {
            leaderMs = Math.max(leaderMs, timeMs);
            return;
        }
        boolean alone = !vouched;
        boolean second = alone && !account.equals(leader);
        // What the first account's own records had reached vouches for nothing any more once there is a second account.
        long before = second ? UNSET : othersMs;
        othersMs = Math.max(before, Math.min(leaderMs, timeMs));
        if (timeMs > leaderMs) {
            leader = account;
            leaderMs = timeMs;
        }
        vouched |= second;
        nowMs = alone ? othersMs : Math.max(nowMs, othersMs);
    }

    /** Takes in that a log is over and time has come to a moment, which whoever fed it vouches for. */
    void passTo(long timeMs) {
        if (leaderMs == UNSET || timeMs > leaderMs) {
            leader = "";
            leaderMs = timeMs;
        }
        othersMs = vouched ? Math.max(othersMs, timeMs) : timeMs;
        nowMs = othersMs;
        vouched = true;
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

    /** The account whose newest stamp is ahead of all others'; empty when there is none. */
    String leader() {
        return leader;
    }

    /** Whether two accounts have been seen, so that a stamp can be ahead of what others say. */
    boolean vouched() {
        return vouched;
    }

    /** Milliseconds since 1970; meaningful once {@link #started}. */
    long nowMs() {
        return nowMs;
    }

    void write(StateWriter out) {
        out.writeString(leader);
        out.writeSigned(leaderMs);
        out.writeSigned(othersMs);
        out.writeSigned(nowMs);
        out.writeByte(vouched ? 1 : 0);
    }

    void read(StateReader in) {
        leader = in.readString();
        leaderMs = in.readSigned();
        othersMs = in.readSigned();
        nowMs = in.readSigned();
        vouched = in.readByte() == 1;
    }
}

package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Optional;

/**
 * Event time of a partition that no single account can push ahead.
 *
 * <p>Kafka Streams' own stream time is the newest stamp of any record, so one account with a clock in the future would
 * close everybody's windows. This clock is the newest stamp that a second account has reached as well. It depends on the
 * records and their order alone, and is stored. Two accounts that lie alike can push it; what they gain is that others
 * are looked at early.
 *
 * <p>As long as there is one account only, the clock is the newest stamp that a second record has reached, so that a wrong
 * first one does not make the rest late. That is no time that others may follow ({@link #vouched}): it goes back when the
 * first stamp was ahead. From the second account on the clock never goes back.
 *
 * <p>Where requests come round by other partitions, as their producer knew no key, the clock waits for the slowest of
 * those: see {@link Detours}.
 */
public final class PartitionClock {
    private final VouchedTime reached = new VouchedTime();
    private final Detours detours = new Detours();

    /** What others may have followed, which is not taken back. */
    private long followedMs = VouchedTime.UNSET;

    /** Takes in the event time of one request that came straight. */
    public void observe(String account, long timeMs) {
        observe(account, timeMs, Optional.empty());
    }

    /** Takes in the event time of one request, and how it came round if it did. */
    public void observe(String account, long timeMs, Optional<Detour> detour) {
        reached.observe(account, timeMs);
        if (detour.isPresent()) {
            detours.come(detour.get(), account, timeMs);
        }
        detours.observe(timeMs);
        follow();
    }

    /** Takes in that a request of this very partition was sent on, to come again. */
    public void expect(Detour detour) {
        detours.expect(detour);
    }

    /** Takes in that a second has passed for whoever reads the partition; says whether that let time go on. */
    public boolean secondPassed() {
        if (!detours.secondPassed()) {
            return false;
        }
        follow();
        return true;
    }

    /** Takes in that a log is over and time has come to a moment, which whoever fed it vouches for. */
    public void passTo(long timeMs) {
        detours.clear();
        reached.passTo(timeMs);
        follow();
    }

    /** Forgets everything, to be read from the store again. */
    public void reset() {
        reached.reset();
        detours.clear();
        followedMs = VouchedTime.UNSET;
    }

    private void follow() {
        if (reached.vouched() && !detours.isAnyUnheard()) {
            followedMs = Math.max(followedMs, Math.min(reached.nowMs(), detours.slowestMs()));
        }
    }

    public boolean started() {
        return reached.started();
    }

    /** The account whose newest stamp is ahead of all others'; empty when there is none. */
    String leader() {
        return reached.leader();
    }

    /** Whether two accounts have been seen, so that a stamp can be ahead of what others say. */
    public boolean vouched() {
        return followedMs != VouchedTime.UNSET;
    }

    /** Milliseconds since 1970; meaningful once {@link #started}. */
    public long nowMs() {
        return vouched() ? followedMs : Math.min(reached.nowMs(), detours.slowestMs());
    }

    /** How far time would be if nobody was waited for; milliseconds since 1970, meaningful once {@link #started}. */
    long reachedMs() {
        return reached.nowMs();
    }

    public byte[] encode() {
        StateWriter out = new StateWriter();
        reached.write(out);
        if (detours.isWaiting()) {
            out.writeSigned(followedMs);
            detours.write(out);
        }
        return out.toByteArray();
    }

    public void decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        reset();
        reached.read(in);
        if (in.atEnd()) {
            follow();
        } else {
            followedMs = in.readSigned();
            detours.read(in);
        }
    }
}

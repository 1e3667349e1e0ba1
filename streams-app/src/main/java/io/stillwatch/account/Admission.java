package io.stillwatch.account;

import io.stillwatch.schema.RequestFingerprint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of an account count: those that are neither late nor repetitions.
 *
 * <p>An event may be late by the grace against its account's own clock, as far as the partition's clock vouches for that:
 * a stamp far ahead of everybody else must not make the account's own later events late. An event id that was seen in the
 * same clock hour or the one before is a repetition.
 */
final class Admission {
    private final PaneTimeline timeline;
    private final long graceMs;

    /** What becomes of a request. */
    enum Verdict {
        COUNTS,
        LATE,
        REPEATED
    }

    /** @param grace how late an event may be */
    Admission(PaneTimeline timeline, Duration grace) {
        this.timeline = timeline;
        this.graceMs = grace.toMillis();
    }

    /** Judges a request that the partition's clock has observed. */
    Verdict judge(AccountEntry entry, RequestFingerprint request, PartitionClock clock) {
        if (entry.state.requests > 0 && request.getEventTime() < vouchedMs(entry, clock) - graceMs) {
            return Verdict.LATE;
        }
        return isRepetition(entry, request) ? Verdict.REPEATED : Verdict.COUNTS;
    }

    /** The account's own time as far as others vouch for it; milliseconds since 1970. */
    static long vouchedMs(AccountEntry entry, PartitionClock clock) {
        return Math.min(entry.state.clockMs, clock.nowMs());
    }

    /**
     * Whether the same was sent under the same id within ten seconds: looked for in the clock hours that the ten-second
     * slots beside the event's own lie in.
     */
    private boolean isRepetition(AccountEntry entry, RequestFingerprint request) {
        for (int slot = -1; slot <= 1; slot++) {
            int id = SeenIds.hash(request, slot);
            long hour = EventTime.hourOf(request.getEventTime() + slot * SeenIds.SLOT_MS);
            long own = EventTime.hourOf(request.getEventTime());
            if (contains(timeline.seen(entry, own), id) || hour != own && contains(timeline.seen(entry, hour), id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(@Nullable SeenIds ids, int id) {
        return ids != null && ids.contains(id);
    }

    /** Remembers a request that counts; says whether there was room to. */
    boolean remember(AccountEntry entry, RequestFingerprint request) {
        return timeline.seenToChange(entry, EventTime.hourOf(request.getEventTime()))
                        .add(SeenIds.hash(request, 0))
                != SeenIds.Outcome.FORGOTTEN;
    }

    /** Whether a request is so far ahead of everybody else that it is noted. */
    boolean isAhead(RequestFingerprint request, PartitionClock clock) {
        return clock.vouched() && request.getEventTime() > clock.reachedMs() + graceMs;
    }
}

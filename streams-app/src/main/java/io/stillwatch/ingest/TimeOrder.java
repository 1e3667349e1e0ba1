package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Brings request events into the order of their time, as far as those held at once reach back, and takes two records of one
 * request together: gateways log a request when it begins and once more when it is over, under one id.
 *
 * <p>Bounded by memory, not by time: a small log comes out in order whatever its own order is, newest first among them.
 */
final class TimeOrder {
    /** What an event takes beside its texts; bytes, about. */
    private static final int WEIGHT = 800;

    private final long mostBytes;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::timeMs).thenComparingLong(Held::number));
    private long bytes;
    private long number;
    private long released = Long.MIN_VALUE;
    private long outOfOrder;
    private long furthestMs;

    private record Held(Ingested.Accepted accepted, long number, int weight) {
        long timeMs() {
            return accepted.event().getEventTime();
        }
    }

    /** @param mostBytes how much may be held; bytes, about */
    TimeOrder(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void add(Ingested.Accepted accepted) {
        int weight = weight(accepted.event());
        held.add(new Held(accepted, number++, weight));
        bytes += weight;
    }

    /** The next event in order, if so much is held that the oldest has to go, or nothing follows. */
    List<Ingested> next(boolean nothingFollows) {
        if (held.isEmpty() || (bytes <= mostBytes && !nothingFollows)) {
            return List.of();
        }
        Held first = take();
        List<Ingested> next = new ArrayList<>();
        next.add(first.accepted);
        while (!held.isEmpty()
                && isSame(first.accepted.event(), held.element().accepted.event())) {
            Held again = take();
            EventMerge.fill(first.accepted.event(), again.accepted.event());
            next.add(new Ingested.Skipped(
                    again.accepted.at(), "the request was logged twice; both records count as one"));
        }
        if (first.timeMs() < released) {
            outOfOrder++;
            furthestMs = Math.max(furthestMs, released - first.timeMs());
        }
        released = Math.max(released, first.timeMs());
        return next;
    }

    private Held take() {
        Held first = held.remove();
        bytes -= first.weight;
        return first;
    }

    /** Servers that give every response one id exist, so the id alone says nothing. */
    private static boolean isSame(RequestEvent one, RequestEvent other) {
        return one.getEventTime() == other.getEventTime()
                && one.getEventId().equals(other.getEventId())
                && one.getAccountId().equals(other.getAccountId())
                && agree(one.getPrompt(), other.getPrompt())
                && agree(one.getModel(), other.getModel())
                && agree(one.getInputTokens(), other.getInputTokens())
                && agree(one.getOutputTokens(), other.getOutputTokens());
    }

    private static boolean agree(Object one, Object other) {
        return one == null || other == null || Objects.equals(one, other);
    }

    private static int weight(RequestEvent event) {
        return WEIGHT + length(event.getPrompt()) + length(event.getSystem());
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    /** Of all events added, the share that has come out again; 1 where none was added. */
    double shareReleased() {
        return number == 0 ? 1 : 1 - (double) held.size() / number;
    }

    /** What to tell of events that came too late to be put in order; empty if none did. */
    Optional<String> notice() {
        return outOfOrder == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d events stood too far behind newer ones to be put in order, the furthest by %,d s; those more"
                                + " than an hour behind their account's own time do not count.",
                        outOfOrder,
                        furthestMs / 1_000));
    }
}

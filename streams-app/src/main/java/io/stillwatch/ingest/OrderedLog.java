package io.stillwatch.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * A log whose pieces are joined to requests and given out in the order of event time, wherever its records come from. What is
 * held meanwhile is bounded, by the same on every machine, so that the order is the same too. For one thread.
 */
abstract class OrderedLog implements EventLog {
    /** How much is held of pieces and, again, of events. */
    private static final long MOST_BYTES = 48L << 20;

    private final PieceJoin join;
    private final TimeOrder order = new TimeOrder(MOST_BYTES);
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    /** Whether all is read and only what is held has to be given out. */
    private boolean draining;

    private boolean over;

    OrderedLog(IngestOptions options) {
        this.join = new PieceJoin(options.account(), PieceJoin.WAIT, MOST_BYTES);
    }

    /**
     * Reads one record or none, and gives what it holds to {@link #take}.
     *
     * @return whether there may be more to read
     */
    abstract boolean read();

    final void take(Ingested ingested) {
        if (ingested instanceof Ingested.Part part) {
            join.take(part.piece()).forEach(this::joined);
        } else {
            if (!join.isEmpty() && ingested instanceof Ingested.Accepted accepted) {
                join.advance(
                                "event " + accepted.event().getAccountId(),
                                accepted.event().getEventTime())
                        .forEach(this::joined);
            }
            joined(ingested);
        }
    }

    final void fail(String sentence) {
        failures.add(sentence);
    }

    final void notice(String sentence) {
        notices.add(sentence);
    }

    /** What share of what has been read is given out; 0 to 1. */
    final double shareReleased() {
        return order.shareReleased();
    }

    @Override
    public final boolean hasNext() {
        while (ready.isEmpty() && !over) {
            step();
        }
        return !ready.isEmpty();
    }

    @Override
    public final Ingested next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The log is read to its end.");
        }
        return ready.remove();
    }

    private void step() {
        if (draining) {
            ready.addAll(order.next(true));
            if (ready.isEmpty()) {
                over = true;
                order.notice().ifPresent(notices::add);
            }
        } else if (!read()) {
            end();
        }
    }

    private void end() {
        draining = true;
        join.finish().forEach(this::joined);
        if (join.early() > 0) {
            notices.add(String.format(
                    Locale.ROOT,
                    "%,d traces were let go before their %d s were over, because too many were open at once; what came for"
                            + " them later is told apart.",
                    join.early(),
                    PieceJoin.WAIT.toSeconds()));
        }
    }

    private void joined(Ingested ingested) {
        if (ingested instanceof Ingested.Accepted accepted) {
            order.add(accepted);
            ready.addAll(order.next(false));
        } else {
            ready.add(ingested);
        }
    }

    @Override
    public final List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public final List<String> notices() {
        return List.copyOf(notices);
    }
}

package io.stillwatch.runtime;

import io.stillwatch.account.EndOfLog;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.replay.RequestSink;
import io.stillwatch.replay.report.ReplaySummary;
import io.stillwatch.schema.RequestEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Feeds what was read from sources and keeps the tally of it. Not thread-safe. */
public final class Feed {
    private static final int CAUSES_TOLD = 10;
    private static final int REASONS_KEPT = 100;
    private static final int REASONS_TOLD = 5;

    private final RequestSink sink;
    private final Predicate<RequestEvent> alreadySent;
    private final Reporter output;
    private final Map<String, Tally> sources = new LinkedHashMap<>();
    private final Map<String, Cause> causes = new LinkedHashMap<>();
    private final Map<String, Long> skips = new LinkedHashMap<>();
    private final EndOfLog end = new EndOfLog();
    private long firstEventMs = Long.MAX_VALUE;
    private long lastEventMs = Long.MIN_VALUE;
    private long told;
    private long sent;

    private static final class Tally {
        private long accepted;
        private long rejected;
        private long skipped;
    }

    private record Cause(long records, String example) {}

    /** A feed of all events, none of which was sent before. */
    public Feed(RequestSink sink, Reporter output) {
        this(sink, event -> false, output);
    }

    /** @param alreadySent asked once of every event, in their order: whether it is counted only */
    public Feed(RequestSink sink, Predicate<RequestEvent> alreadySent, Reporter output) {
        this.sink = sink;
        this.alreadySent = alreadySent;
        this.output = output;
    }

    /** Names a source before its first record, so that one without records is listed as well. */
    public void begin(String source) {
        sources.computeIfAbsent(source, name -> new Tally());
    }

    /** Sends one record on its way and counts it. */
    public void take(String source, Ingested ingested) {
        Tally tally = sources.computeIfAbsent(source, name -> new Tally());
        if (ingested instanceof Ingested.Accepted accepted) {
            tally.accepted++;
            long time = accepted.event().getEventTime();
            firstEventMs = Math.min(firstEventMs, time);
            lastEventMs = Math.max(lastEventMs, time);
            end.observe(accepted.event().getAccountId(), time);
            if (!alreadySent.test(accepted.event())) {
                sink.send(accepted.event());
                sent++;
            }
        } else if (ingested instanceof Ingested.Rejected rejected) {
            tally.rejected++;
            causes.merge(
                    rejected.cause(),
                    new Cause(1, rejected.at().toString()),
                    (before, one) -> new Cause(before.records() + 1, before.example()));
            if (++told <= CAUSES_TOLD) {
                output.notice("rejected " + rejected.at() + ": " + rejected.cause());
            }
            sink.sendDeadLetter(rejected);
        } else if (ingested instanceof Ingested.Skipped passed) {
            tally.skipped++;
            if (skips.size() < REASONS_KEPT || skips.containsKey(passed.why())) {
                skips.merge(passed.why(), 1L, Long::sum);
            }
        }
    }

    /**
     * Waits until Kafka has everything.
     *
     * @param over whether nothing follows, so that the last hour can be looked at
     */
    public void finish(boolean over) {
        if (accepted() > 0 && over) {
            sink.end(end.timeMs());
        } else if (accepted() > 0) {
            sink.reach(end.timeMs());
        }
        sink.flush();
        if (told > CAUSES_TOLD) {
            output.notice("… and " + (told - CAUSES_TOLD) + " more"
                    + (sink.keepsDeadLetters()
                            ? "; all are in the dead-letters topic with their cause."
                            : "; give --data-dir to keep all of them, with their cause."));
        }
        skips.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(REASONS_TOLD)
                .forEach(skip -> output.notice("skipped " + skip.getValue() + ": " + skip.getKey()));
    }

    /** Whether records were set aside, so that a person should look. */
    public boolean needsALook() {
        return rejected() > 0;
    }

    /** Events that were sent, and not counted only; count. */
    public long sent() {
        return sent;
    }

    /** Records that could be read; count. */
    public long accepted() {
        return sources.values().stream().mapToLong(tally -> tally.accepted).sum();
    }

    /** Records that could not be read; count. */
    public long rejected() {
        return sources.values().stream().mapToLong(tally -> tally.rejected).sum();
    }

    /** Records that are no requests; count. */
    public long skipped() {
        return sources.values().stream().mapToLong(tally -> tally.skipped).sum();
    }

    /** Earliest event time; milliseconds since 1970. */
    public long firstEventMs() {
        return firstEventMs;
    }

    /** Latest event time; milliseconds since 1970. */
    public long lastEventMs() {
        return lastEventMs;
    }

    /** What came of each source, in the order they were begun. */
    public List<ReplaySummary.Source> sources() {
        return sources.entrySet().stream()
                .map(entry -> new ReplaySummary.Source(
                        entry.getKey(), entry.getValue().accepted, entry.getValue().rejected, entry.getValue().skipped))
                .toList();
    }

    /** Why records were rejected, the commonest cause first. */
    public List<ReplaySummary.RejectedCause> causes() {
        return causes.entrySet().stream()
                .map(entry -> new ReplaySummary.RejectedCause(
                        entry.getKey(),
                        entry.getValue().records(),
                        entry.getValue().example()))
                .sorted(Comparator.comparingLong(ReplaySummary.RejectedCause::records)
                        .reversed()
                        .thenComparing(ReplaySummary.RejectedCause::cause))
                .toList();
    }
}

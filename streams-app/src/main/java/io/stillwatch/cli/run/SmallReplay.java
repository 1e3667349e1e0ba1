package io.stillwatch.cli.run;

import io.stillwatch.baseline.Reference;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.replay.RequestSink;
import io.stillwatch.replay.SetAside;
import io.stillwatch.replay.report.AlertHours;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.replay.report.HourlyRequests;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.record.EndOfInput;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A replay of a log that is small and leaves nothing: through the pipeline's own topology in this process, since the
 * start and the end of a Kafka would take longer than all the rest. Its state is in memory, which is why it takes no
 * large log. Not thread-safe.
 */
final class SmallReplay implements RequestSink, AutoCloseable {
    /** Text that a log may have; bytes. Its accounts could each have one request, and so several kilobytes of state. */
    private static final long MOST_BYTES = 32L << 20;

    /** What a compressed file may hold for each of its bytes; logs of prompts reach a tenth to a twentieth. */
    private static final int COMPRESSION = 16;

    /** Where a log's size misled: events after which it is replayed through a Kafka after all; count. */
    private static final int MOST_EVENTS = 250_000;

    private final List<Alert> steps = new ArrayList<>();
    private final Map<String, CampaignMember> members = new TreeMap<>();
    private final Map<String, HourlyRequests> hours = new HashMap<>();
    private final OfflinePipeline pipeline;
    private int events;

    SmallReplay(SignatureSet signatures, Reference reference, UnaryOperator<PipelineOptions> tuning) {
        PipelineOptions options =
                tuning.apply(PipelineOptions.defaults(1, BuildInfo.version()).withReference(reference));
        pipeline = new OfflinePipeline(signatures, options, EvaluationListener.NONE, steps::add, this::member);
    }

    /** Thrown where there is more than a small replay takes. */
    static final class TooLargeException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }

    /**
     * Whether inputs are small, as far as it can be told before they are read.
     *
     * @param inputs files, folders or globs; standard input is never small, as it cannot be read again
     * @param sql a query over files, whose size nobody knows
     */
    static boolean suits(List<String> inputs, Optional<String> sql) {
        if (sql.isPresent()) {
            return false;
        }
        List<Path> paths = LogFiles.paths(inputs);
        return !paths.isEmpty()
                && inputs.stream().noneMatch("-"::equals)
                && paths.stream().allMatch(Files::isRegularFile)
                && paths.stream().mapToLong(SmallReplay::textBytes).sum() <= MOST_BYTES;
    }

    private static long textBytes(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            return Files.size(file)
                    * (name.endsWith(".gz") || name.endsWith(".zst") || name.endsWith(".parquet") ? COMPRESSION : 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void member(String campaign, String account, Optional<CampaignMember> member) {
        String key = campaign + "/" + account;
        member.ifPresentOrElse(told -> members.put(key, told), () -> members.remove(key));
    }

    @Override
    public void send(RequestEvent event) {
        if (++events > MOST_EVENTS) {
            throw new TooLargeException();
        }
        hours.computeIfAbsent(event.getAccountId(), account -> new HourlyRequests())
                .add(event.getEventTime());
        pipeline.send(event);
    }

    /** Counted and told by who reads; nothing of this replay remains that could hold it. */
    @Override
    public void sendDeadLetter(Ingested.Rejected rejected) {}

    @Override
    public boolean keepsDeadLetters() {
        return false;
    }

    @Override
    public void end(long reachedMs) {
        pipeline.passTo(reachedMs + EndOfInput.AFTERWARDS.toMillis());
    }

    /** One partition has all there is, so its own requests tell how far time has come. */
    @Override
    public void reach(long reachedMs) {}

    @Override
    public void flush() {
        pipeline.settle();
    }

    /** All steps of alerts' lives, in order; complete once flushed. */
    List<Alert> steps() {
        return List.copyOf(steps);
    }

    /** The members of all campaigns as they stand; complete once flushed. */
    List<CampaignMember> members() {
        return List.copyOf(members.values());
    }

    /** What the pipeline set aside; complete once flushed. */
    SetAside.Tally setAside() {
        return new SetAside.Tally(pipeline.setAside(), pipeline.firstCause());
    }

    /** What became of the events; complete once flushed. */
    Optional<LossTotals> fate() {
        return Optional.of(LossTotals.of(pipeline.losses()));
    }

    /** When the accounts of the alerts sent their requests. */
    AlertHours hours() {
        AlertHours ofAlerts = new AlertHours(AlertLife.of(steps), members.values());
        for (String account : ofAlerts.accounts()) {
            HourlyRequests known = hours.get(account);
            if (known != null) {
                known.byHour().forEach((beginMs, requests) -> ofAlerts.add(account, beginMs, requests));
            }
        }
        return ofAlerts;
    }

    @Override
    public void close() {
        pipeline.close();
    }
}

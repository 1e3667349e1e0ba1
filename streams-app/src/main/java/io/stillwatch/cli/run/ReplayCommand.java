package io.stillwatch.cli.run;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.campaigns.CampaignsCommand;
import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.EventLog;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.ingest.RequestEventReader;
import io.stillwatch.ingest.SqlLog;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.Resumption;
import io.stillwatch.replay.SetAside;
import io.stillwatch.replay.report.AlertHours;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.replay.report.ReplaySummary;
import io.stillwatch.runtime.Accounting;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.Drain;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.Feed;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.TemporaryDirectory;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Historical logs through the same topology, with their own event times. */
@Command(
        name = "replay",
        header = "Replay log files through the pipeline and list the alerts.",
        description = "Files of one replay are read as one log, in the order of event time. Without --data-dir the"
                + " replay starts from nothing and leaves nothing; with it, it goes on where the last one in that"
                + " directory ended, and waits with every account's last hour for what follows; --end says that"
                + " nothing does. One that was stopped goes on where it stopped when it is given the same files"
                + " again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch replay gateway-2026-10.jsonl.gz gateway-2026-11.jsonl.gz",
            "  stillwatch replay litellm.jsonl --output alerts.jsonl --output report.html",
            "  stillwatch replay --sql \"SELECT * FROM read_parquet('logs/**/*.parquet')\"",
            "  stillwatch replay --field account_id=$.user.id --field event_time=$.at --field request=$.body log.jsonl",
            "  zcat spans.json.gz | stillwatch replay --format otel -",
            "  stillwatch replay monday.jsonl --data-dir case-17",
            "  stillwatch replay tuesday.jsonl --data-dir case-17 --end"
        })
public final class ReplayCommand implements Callable<Integer> {
    /** Topics of a replay on a shared cluster must not be those of the live pipeline. */
    private static final String PREFIX_ON_CLUSTER = "stillwatch-replay.";

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private TuningOptions tuning;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption account;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Log files, folders of them, or globs, plain, gzip or zstd, in any format of docs/input-formats.md;"
                            + " '-' is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--sql",
            paramLabel = "SELECT",
            description =
                    "Replay the rows of one SELECT of DuckDB over files (CSV, Parquet, JSON, folders of them) in the"
                            + " place of FILE. Columns have the names of a request event's fields, or of a format that is known."
                            + " It can read files only: no network, no writing.")
    private Optional<String> sql = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Write the alerts to a file: .jsonl native, .ocsf OCSF Detection Findings as JSON lines, .html a"
                            + " report; '-' is native on standard output. Repeatable.")
    private List<String> outputs = List.of();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "" + Topics.DEFAULT_PARTITIONS,
            description = "Partitions of the topics where they are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--end",
            description =
                    "Nothing follows these files: look at every account's last hour as well. So does a replay that"
                            + " leaves nothing to go on with.")
    private boolean end;

    private boolean nothingFollows() {
        return stillwatch.dataDirectoryAskedFor().isEmpty()
                && (stillwatch.settings().bootstrapServers().isEmpty()
                        || ownPrefix().isEmpty());
    }

    /** A prefix to go on with, which is never that of the live pipeline. */
    private Optional<String> ownPrefix() {
        return stillwatch.prefixAskedFor().filter(prefix -> !prefix.equals(Topics.DEFAULT_PREFIX));
    }

    @Override
    public Integer call() throws InterruptedException {
        TerminalOutput output = stillwatch.output();
        if (sql.isPresent() != files.isEmpty()) {
            throw new UserException("Name the files to replay, or give --sql.", ExitStatus.USAGE);
        }
        IngestOptions wanted =
                account.applyTo(input.options(stillwatch.settings().dataDirectory()));
        List<AlertOutput> writers = outputs.stream().map(AlertOutput::to).toList();
        SignatureSet library = signatures.load();
        Reference known = reference.load();
        checkFiles(wanted);
        Optional<Replayed> small = replaySmallLog(library, known, wanted, output);
        return tell(
                small.isPresent() ? small.get() : replayOnKafka(library, known, wanted, writers, output),
                writers,
                library,
                known,
                output);
    }

    /** Of a log that is small, without a Kafka; empty where it is not, or where something is to remain of the replay. */
    private Optional<Replayed> replaySmallLog(
            SignatureSet library, Reference known, IngestOptions wanted, TerminalOutput output) {
        KafkaSettings settings = stillwatch.settings();
        if (settings.bootstrapServers().isPresent()
                || settings.registry().isPresent()
                || stillwatch.dataDirectoryAskedFor().isPresent()
                || !SmallReplay.suits(files, sql)) {
            return Optional.empty();
        }
        try (SmallReplay replay = new SmallReplay(library, known, tuning::applyTo)) {
            Feed feed = new Feed(replay, output);
            Set<String> accounts = new HashSet<>();
            boolean allRead = read(feed, accounts, wanted, true, output);
            return Optional.of(new Replayed(
                    replay.steps(),
                    replay.members(),
                    feed,
                    accounts.size(),
                    allRead,
                    replay.setAside(),
                    replay.fate(),
                    replay.hours()));
        } catch (SmallReplay.TooLargeException manyEvents) {
            output.detail("The log is larger than it looked; it is replayed once more, through a Kafka.");
            return Optional.empty();
        }
    }

    private Replayed replayOnKafka(
            SignatureSet library,
            Reference known,
            IngestOptions wanted,
            List<AlertOutput> writers,
            TerminalOutput output)
            throws InterruptedException {
        KafkaSettings settings = stillwatch.settings();
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            if (settings.bootstrapServers().isPresent()) {
                settings = settings.withPrefix(ownPrefix()
                        .orElseGet(() ->
                                PREFIX_ON_CLUSTER + UUID.randomUUID().toString().substring(0, 8) + "."));
                output.notice("This replay uses topics of its own, " + settings.prefix()
                        + "*; give --prefix to go on with them, or delete them when done.");
            }
            if (stillwatch.dataDirectoryAskedFor().isEmpty()) {
                settings = settings.withDataDirectory(
                        shutdown.open(TemporaryDirectory.create("replay")).path());
            }
            Topics topics = Topics.of(settings.prefix(), partitions, Topics.RequestsKept.ALL);
            boolean endTold = end || nothingFollows();
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            PipelineSession session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    library,
                    known,
                    options -> tuning.applyTo(options).withEndTold(endTold),
                    shutdown);
            SetAside setAside = session.setAside();
            Accounting accounting = new Accounting(session);
            Resumption resumption = session.resumption();
            if (resumption.mayHaveBegun()) {
                look(resumption, wanted, output);
            }
            Feed feed = new Feed(session.feeder(), resumption::alreadySent, output);
            Set<String> accounts = new HashSet<>();
            boolean allRead = read(feed, accounts, wanted, endTold, output);
            if (resumption.skipped() > 0) {
                output.notice(String.format(
                        Locale.ROOT,
                        "%,d of these events were there from an earlier replay and were not sent again.",
                        resumption.skipped()));
            }
            new Drain(session, output).await(feed.sent());
            AlertFollower follower = session.allAlerts(step -> {});
            follower.catchUp();
            List<CampaignMember> members = CampaignsCommand.members(session, output);
            AlertHours hours = AlertHours.none();
            if (writers.stream().anyMatch(AlertOutput::needsHours)) {
                hours = new AlertHours(AlertLife.of(follower.steps()), members);
                session.fingerprints().read(hours.accounts(), hours.fromMs(), hours::take);
            }
            return new Replayed(
                    follower.steps(),
                    members,
                    feed,
                    accounts.size(),
                    allRead,
                    setAside.tally(),
                    accounting.await(feed.sent()),
                    hours);
        }
    }

    private int tell(
            Replayed replayed,
            List<AlertOutput> writers,
            SignatureSet library,
            Reference known,
            TerminalOutput output) {
        Feed feed = replayed.feed();
        ReplayOutcome.print(replayed, output, outputs.contains("-"));
        ReplaySummary summary = summary(replayed, library, known);
        for (AlertOutput writer : writers) {
            writer.write(replayed.steps(), summary, output);
        }
        Optional<String> nothing = ReplayOutcome.nothing(feed, replayed.fate());
        nothing.ifPresent(output::error);
        if (!replayed.allRead() || nothing.isPresent()) {
            return ExitStatus.FAILURE.code();
        }
        boolean someAside = feed.needsALook() || replayed.setAside().records() > 0;
        return (someAside ? ExitStatus.SOME_REJECTED : ExitStatus.OK).code();
    }

    /** A file that cannot be opened, or must not be written, is found out before minutes are spent on the others. */
    private void checkFiles(IngestOptions wanted) {
        try {
            OutputFile.check(
                    outputs.stream()
                            .filter(name -> !name.equals("-"))
                            .map(Path::of)
                            .toList(),
                    LogFiles.paths(files));
            if (sql.isPresent()) {
                try (TemporaryDirectory spill = TemporaryDirectory.create("sql")) {
                    SqlLog.check(sql.get(), spill.path(), wanted);
                }
                return;
            }
            LogFiles.check(files, wanted);
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private EventLog open(TemporaryDirectory spill, IngestOptions wanted) {
        try {
            return sql.isPresent() ? SqlLog.open(sql.get(), spill.path(), wanted) : LogFiles.open(files, wanted);
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    /** Looks where an earlier replay of the same files stopped; not possible of what can be read only once. */
    private void look(Resumption resumption, IngestOptions wanted, TerminalOutput output) {
        if (files.contains(RequestEventReader.STANDARD_INPUT)) {
            return;
        }
        try (Progress progress = output.progress("Looking where an earlier replay stopped", "events");
                TemporaryDirectory spill = TemporaryDirectory.create("sql");
                EventLog log = open(spill, wanted)) {
            long events = 0;
            while (log.hasNext()) {
                if (log.next() instanceof Ingested.Accepted accepted) {
                    resumption.look(accepted.event());
                    progress.update(++events, log.fraction());
                }
            }
        }
    }

    private boolean read(Feed feed, Set<String> accounts, IngestOptions wanted, boolean over, TerminalOutput output) {
        boolean allRead = true;
        try (Progress progress = output.progress("Replaying", "events");
                TemporaryDirectory spill = TemporaryDirectory.create("sql");
                EventLog log = open(spill, wanted)) {
            log.sources().forEach(feed::begin);
            while (log.hasNext()) {
                Ingested next = log.next();
                if (next instanceof Ingested.Accepted accepted) {
                    accounts.add(accepted.event().getAccountId());
                }
                feed.take(next.at().source(), next);
                progress.update(feed.accepted() + feed.rejected(), log.fraction());
            }
            log.notices().forEach(output::notice);
            log.failures().forEach(output::error);
            allRead = log.failures().isEmpty();
            feed.finish(over);
        }
        return allRead;
    }

    private static ReplaySummary summary(Replayed replayed, SignatureSet library, Reference known) {
        Feed feed = replayed.feed();
        boolean any = feed.accepted() > 0;
        return new ReplaySummary(
                BuildInfo.version(),
                feed.sources(),
                any ? Optional.of(Instant.ofEpochMilli(feed.firstEventMs())) : Optional.empty(),
                any ? Optional.of(Instant.ofEpochMilli(feed.lastEventMs())) : Optional.empty(),
                replayed.accounts(),
                AlertLife.of(replayed.steps()),
                feed.causes(),
                known.name(),
                library.signatures().stream()
                        .map(CompiledSignature::signature)
                        .map(signature -> new ReplaySummary.SignatureVersion(
                                signature.id(), signature.version(), signature.title()))
                        .toList(),
                List.of(),
                known.baseline().stream().toList(),
                replayed.hours());
    }
}

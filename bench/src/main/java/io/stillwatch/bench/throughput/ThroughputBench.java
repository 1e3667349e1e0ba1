package io.stillwatch.bench.throughput;

import io.stillwatch.bench.load.AccountChoice;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Traffic;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.Pipeline;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the pipeline beside a pass-through and beside hopping-window counts, on one embedded Kafka in one run. */
@Command(
        name = "bench/run throughput",
        header = "Events a second of the whole pipeline, beside a pass-through and DSL windows, exactly once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ThroughputBench implements Callable<Integer> {
    /** A quarter past, so that with the default span one hour ends in the middle and every account's pane closes. */
    private static final Instant START = Instant.parse("2026-06-01T09:15:00Z");

    private static final String OUTPUT = "bench.output";
    private static final double AIM_OF_PASS_THROUGH = 0.6;
    private static final double AIM_OVER_DSL = 8;
    private static final double AIM_WITH_CAMPAIGNS = 0.75;
    private static final double AIM_WATCHED = 0.98;

    @Option(names = "--events", defaultValue = "600000", description = "Request events; default ${DEFAULT-VALUE}.")
    private int events;

    @Option(names = "--accounts", defaultValue = "50000", description = "Accounts; default ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(names = "--zipf", description = "An account of rank r sends as 1/r; without it all send alike.")
    private boolean zipf;

    @Option(names = "--prompt", defaultValue = "300", description = "Characters a prompt; default ${DEFAULT-VALUE}.")
    private int promptCharacters;

    @Option(
            names = "--minutes",
            defaultValue = "90",
            description = "Minutes of event time, from 09:15 on; default ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-ups",
            defaultValue = "2",
            description = "Rounds before, so that the compiler is done; default ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(
            names = "--limit",
            defaultValue = "15",
            description = "Seconds after which a DSL window is stopped, as it may be slow; default ${DEFAULT-VALUE}.")
    private int limitSeconds;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic; default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--threads", description = "Stream threads; default: as many as cores, at most one a partition.")
    private int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

    @Option(
            names = "--commit",
            description = "Commit interval of all topologies, ms; default ${DEFAULT-VALUE}, the pipeline's own.")
    private int commitMs = (int) Pipeline.COMMIT_EVERY.toMillis();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only topologies whose name begins so, as in 'pass,still'; in small letters or not.")
    private List<String> only = List.of("");

    @Option(
            names = "--hotspots",
            paramLabel = "FILE",
            description = "Also record the pipeline's last round to a JFR file and print where the time goes.")
    private Path recording;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ThroughputBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        describe();
        if (recording != null) {
            HotSpots.prime();
        }
        try (Workspace workspace = Workspace.open(partitions, Workspace.Kept.ALL)) {
            workspace.createTopic(OUTPUT);
            fill(workspace);
            Contenders all = new Contenders(workspace.topics(), partitions, OUTPUT);
            List<Contender> contenders = Stream.of(
                            all.bytesPassThrough(),
                            all.passThrough(),
                            all.stillwatch(),
                            all.watched(),
                            all.withoutCampaigns(),
                            all.dslHour(),
                            all.dslDay())
                    .filter(contender -> only.stream().anyMatch(name -> begins(contender, name)))
                    .toList();
            if (contenders.isEmpty()) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "No topology's name begins with " + String.join(" or ", only) + ".");
            }
            List<Measurement> measured =
                    measure(new Course(workspace, OUTPUT, partitions, threads, commitMs), contenders);
            ResultTable table = new ResultTable(measured);
            table.print(contenders);
            System.out.println();
            table.printParts(contenders);
            table.printRatio(all.watched(), all.stillwatch(), AIM_WATCHED);
            table.printRatio(all.stillwatch(), all.passThrough(), AIM_OF_PASS_THROUGH);
            table.printRatio(all.stillwatch(), all.dslDay(), AIM_OVER_DSL);
            table.printRatio(all.stillwatch(), all.withoutCampaigns(), AIM_WITH_CAMPAIGNS);
            if (recording != null) {
                HotSpots.print(recording);
            }
        }
        return 0;
    }

    private static boolean begins(Contender contender, String name) {
        return contender.name().toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT));
    }

    private void describe() {
        System.out.printf(
                Locale.ROOT,
                "%,d request events of %,d accounts (%s), prompts of %d characters, Avro; %d min of event time from %s%n",
                events,
                accounts,
                zipf ? "Zipf, exponent 1" : "all alike",
                promptCharacters,
                minutes,
                START);
        System.out.printf(
                Locale.ROOT,
                "%d partitions, %d stream threads, exactly once, commit every %d ms; broker and Streams in one process%n",
                partitions,
                threads,
                commitMs);
        System.out.printf(
                Locale.ROOT,
                "Java %s, %s, heap at most %,d MiB, %d cores%n",
                Runtime.version(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(MemoryManagerMXBean::getName)
                        .collect(Collectors.joining(" and ")),
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors());
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > Runtime.getRuntime().availableProcessors() / 2.0) {
            System.out.printf(
                    Locale.ROOT,
                    "The machine is busy with something else (load %.1f): trust CPU time more than events/s.%n",
                    load);
        }
        System.out.printf(
                Locale.ROOT, "rounds that do not count: %d; then the median of %d rounds%n%n", warmUps, rounds);
    }

    private void fill(Workspace workspace) {
        Traffic traffic = new Traffic(
                zipf ? AccountChoice.zipf(accounts) : AccountChoice.uniform(accounts),
                promptCharacters,
                START.toEpochMilli(),
                Duration.ofMinutes(minutes).toMillis() / (double) events);
        ProgressLine progress = new ProgressLine("filling the requests topic", events);
        try (Feeder feeder = new Feeder(
                workspace.topics(), new SerdeFactory(WireFormat.singleObject()), workspace.clientProperties())) {
            for (int sent = 0; sent < events; sent++) {
                feeder.send(traffic.next());
                progress.at(sent);
            }
            feeder.flush();
        }
    }

    private List<Measurement> measure(Course course, List<Contender> contenders) throws Exception {
        List<Measurement> measured = new ArrayList<>();
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Duration limit = Duration.ofSeconds(contender.name().startsWith("DSL") ? limitSeconds : 600);
                Measurement one;
                if (round == rounds && recording != null && contender.name().equals(Contenders.STILLWATCH)) {
                    HotSpots spots = HotSpots.record(recording);
                    one = course.run(contender, events, limit);
                    spots.close();
                } else {
                    one = course.run(contender, events, limit);
                }
                System.err.printf(
                        Locale.ROOT,
                        "%s, %s: %,.0f events/s%n",
                        round <= 0 ? "warm-up" : "round " + round,
                        contender.name(),
                        one.eventsPerSecond());
                if (round > 0) {
                    measured.add(one);
                }
            }
        }
        return measured;
    }
}

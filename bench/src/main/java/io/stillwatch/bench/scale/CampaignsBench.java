package io.stillwatch.bench.scale;

import io.stillwatch.bench.load.Workspace;
import io.stillwatch.bench.process.Bytes;
import io.stillwatch.bench.process.HeapLog;
import io.stillwatch.bench.process.PipelineProcess;
import io.stillwatch.evaluate.CampaignScore;
import io.stillwatch.evaluate.CampaignScores;
import io.stillwatch.evaluate.FalseCampaign;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends traffic of the reported scale through the program: time, memory and disk, and whether the campaigns are found. */
@Command(
        name = "bench/run campaigns",
        header = "The reported scale, 16,000,000 requests with three campaigns among half a million honest accounts,"
                + " through 'stillwatch run'.",
        description = "The simulator's plan 'reported-scale' is streamed through an embedded Kafka that keeps only the"
                + " newest of it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CampaignsBench implements Callable<Integer> {
    private static final String PLAN = "reported-scale";
    private static final double PERCENT = 100;

    /** Share of each campaign's accounts that are to be named in the end. */
    private static final double LEAST_NAMED = 0.9;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "Factor on the accounts of each kind, and so on the events; default ${DEFAULT-VALUE}.")
    private double scale;

    @Option(names = "--heap", defaultValue = "2g", description = "The process's -Xmx; default ${DEFAULT-VALUE}.")
    private Bytes heap;

    @Option(names = "--rocksdb", defaultValue = "512m", description = "Ceiling of RocksDB; default ${DEFAULT-VALUE}.")
    private Bytes rocksDb;

    @Option(
            names = "--ahead",
            defaultValue = "500000",
            description = "Events that may wait in Kafka at a time; default ${DEFAULT-VALUE}.")
    private long ahead;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic; default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--beside",
            description = "Then the same traffic with --no-campaigns, for what campaigns take of the processor.")
    private boolean beside;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CampaignsBench())
                .registerConverter(Bytes.class, new Bytes.Converter())
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!(scale > 0) || scale > 10) {
            System.err.println("--scale must be above 0 and at most 10.");
            return 2;
        }
        System.err.println("laying out the accounts' schedules");
        SimulationPlan plan = ScaledPlan.of(SimulationPlan.preset(PLAN), scale);
        Simulator simulator = new Simulator(plan);
        describe(simulator);
        Findings findings = new Findings();
        Duration taken = pass(simulator, findings, List.of());
        CampaignScores scores = findings.scores(simulator.truth());
        tell(scores, findings);
        if (beside) {
            System.out.println("\nwithout campaigns");
            Duration without = pass(simulator, new Findings(), List.of("--no-campaigns"));
            System.out.printf(
                    Locale.ROOT,
                    "with campaigns the rate is %.2f of that without, by processor time%n",
                    (double) without.toNanos() / taken.toNanos());
        }
        boolean named = scores.campaigns().stream().allMatch(campaign -> campaign.recall() >= LEAST_NAMED);
        return named && findings.setAside() == 0 ? 0 : 1;
    }

    /** Sends all events through a process of its own, and tells what it took; returns its processor time. */
    private Duration pass(Simulator simulator, Findings findings, List<String> options) throws Exception {
        try (Workspace workspace = Workspace.open(partitions, Workspace.Kept.NEWEST)) {
            PipelineProcess process = PipelineProcess.start(workspace, heap, rocksDb, options);
            Replay replay;
            Duration taken;
            double seconds;
            try (process) {
                long startNanos = System.nanoTime();
                replay = new Replay(workspace, process, partitions, ahead, simulator.size());
                replay.run(simulator.events(), findings);
                seconds = (System.nanoTime() - startNanos) / 1e9;
                taken = process.processorTime();
            }
            replay.measureDisk();
            findings.read(workspace);
            tell(simulator, replay, process.heap(), seconds, taken);
            return taken;
        }
    }

    private void describe(Simulator simulator) {
        List<TruthRow> truth = simulator.truth();
        long honest = truth.stream().filter(row -> row.label() == Label.HONEST).count();
        System.out.printf(
                Locale.ROOT,
                "%,d request events in %d days of event time, of %,d accounts: %,d honest, %,d of %d campaigns%n",
                simulator.size(),
                SimulationPlan.preset(PLAN).length().toDays(),
                truth.size(),
                honest,
                truth.size() - honest,
                truth.stream()
                        .map(TruthRow::campaignId)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .count());
        System.out.printf(
                Locale.ROOT,
                "%d partitions, %d cores; the program's heap at most %s, RocksDB at most %s%n",
                partitions,
                Runtime.getRuntime().availableProcessors(),
                heap,
                rocksDb);
    }

    private void tell(Simulator simulator, Replay replay, HeapLog heapLog, double seconds, Duration taken) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        System.out.printf(
                Locale.ROOT,
                "time: %d min %d s from the first event sent, %,.0f events/s; simulator and Kafka share the cores%n",
                time.toMinutes(),
                time.toSecondsPart(),
                simulator.size() / seconds);
        System.out.printf(
                Locale.ROOT,
                "processor: %.1f µs an event, of the pipeline's process%n",
                taken.toNanos() / 1e3 / simulator.size());
        System.out.printf(
                Locale.ROOT,
                "memory: %s resident at most, heap at most %s in use and %s live after %d full collections%n",
                replay.resident().map(memory -> memory.most().toString()).orElse("unknown, no /proc:"),
                heapLog.mostUsed(),
                heapLog.mostLive(),
                heapLog.fullCollections());
        System.out.printf(
                Locale.ROOT, "disk: state stores at most %s, Kafka's log at most %s%n%n", replay.state(), replay.log());
    }

    private static void tell(CampaignScores scores, Findings findings) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %9s %7s %15s %18s %24s%n",
                "campaign",
                "accounts",
                "found",
                "members found",
                "named are members",
                "requests before alert");
        for (CampaignScore campaign : scores.campaigns()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %,9d %7s %13.1f %% %18s %22.1f %%%n",
                    campaign.name(),
                    campaign.accounts(),
                    campaign.found() ? "yes" : "no",
                    PERCENT * campaign.recall(),
                    campaign.precision().isEmpty()
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f %%",
                                    PERCENT * campaign.precision().getAsDouble()),
                    PERCENT * campaign.shareBefore());
        }
        System.out.printf(
                Locale.ROOT,
                "%nnamed: %,d accounts, of them %,d honest; campaigns that are none: %,d%n",
                scores.named(),
                scores.named() - scores.namedRightly(),
                scores.wrong().size());
        for (FalseCampaign wrong : scores.wrong()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s: %,d accounts, %,d honest, %s: %s%n",
                    wrong.id(),
                    wrong.members(),
                    wrong.honest(),
                    wrong.kinds(),
                    wrong.explanation());
        }
        if (findings.setAside() > 0) {
            System.out.printf(Locale.ROOT, "LOST: %,d records were set aside.%n", findings.setAside());
        }
    }
}

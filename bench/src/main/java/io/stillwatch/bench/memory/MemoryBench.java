package io.stillwatch.bench.memory;

import io.stillwatch.bench.load.CommittedOffsets;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.bench.process.Bytes;
import io.stillwatch.bench.process.HeapLog;
import io.stillwatch.bench.process.PipelineProcess;
import io.stillwatch.bench.process.ResidentMemory;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts many accounts through the program with ceilings on heap and state stores, and looks for anything lost. */
@Command(
        name = "bench/run memory",
        header =
                "Many accounts through 'stillwatch run' with little memory: resident memory, and whether all came out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MemoryBench implements Callable<Integer> {
    private static final long LOOK_EVERY_MS = 250;
    private static final long STUCK_AFTER_NANOS = 600_000_000_000L;

    @Option(names = "--accounts", defaultValue = "1000000", description = "Accounts; default ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(names = "--requests", defaultValue = "2", description = "Requests of each; default ${DEFAULT-VALUE}.")
    private int requests;

    @Option(
            names = "--returning",
            defaultValue = "5000",
            description =
                    "Accounts that return with more requests, whose profiles are checked; default ${DEFAULT-VALUE}.")
    private int returning;

    @Option(names = "--heap", defaultValue = "512m", description = "The process's -Xmx; default ${DEFAULT-VALUE}.")
    private Bytes heap;

    @Option(names = "--rocksdb", defaultValue = "256m", description = "Ceiling of RocksDB; default ${DEFAULT-VALUE}.")
    private Bytes rocksDb;

    @Option(
            names = "--allowance",
            defaultValue = "320m",
            description = "Resident memory beside heap and RocksDB: the program's code and the compiler's, threads,"
                    + " network buffers, mapped libraries; default ${DEFAULT-VALUE}.")
    private Bytes allowance;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic; default ${DEFAULT-VALUE}.")
    private int partitions;

    private Optional<ResidentMemory> resident = Optional.empty();
    private Bytes stateOnDisk = new Bytes(0);
    private double seconds;

    /** Runs the test. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MemoryBench())
                .registerConverter(Bytes.class, new Bytes.Converter())
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Crowd crowd = new Crowd(accounts, requests, Math.min(returning, accounts));
        System.out.printf(
                Locale.ROOT,
                "%,d events of %,d accounts; %,d of these return; heap at most %s, RocksDB at most %s%n",
                crowd.events(),
                accounts,
                crowd.returning(),
                heap,
                rocksDb);
        try (Workspace workspace = Workspace.open(partitions, Workspace.Kept.ALL)) {
            LossCheck check = new LossCheck(workspace);
            PipelineProcess process = PipelineProcess.start(workspace, heap, rocksDb);
            try (process) {
                fill(workspace, crowd, check, process);
                watch(workspace, process);
            }
            List<String> complaints = check.complaints(crowd);
            return verdict(crowd, process.heap(), complaints);
        }
    }

    private static void fill(Workspace workspace, Crowd crowd, LossCheck check, PipelineProcess process)
            throws IOException {
        ProgressLine progress = new ProgressLine("sending", crowd.events());
        long[] sent = {0};
        try (Feeder feeder = new Feeder(
                workspace.topics(), new SerdeFactory(WireFormat.singleObject()), workspace.clientProperties())) {
            crowd.send(event -> {
                check.sent(event.getEventId());
                feeder.send(event);
                progress.at(++sent[0]);
            });
            feeder.flush();
        }
        process.requireAlive();
    }

    private void watch(Workspace workspace, PipelineProcess process) throws IOException, InterruptedException {
        CommittedOffsets requestsTopic =
                new CommittedOffsets(workspace.admin(), workspace.topics().requests(), partitions);
        String applicationId = workspace.topics().prefix().replaceAll("\\.$", "");
        long all = requestsTopic.end();
        ProgressLine progress = new ProgressLine("processing", all);
        long startNanos = System.nanoTime();
        long changedNanos = startNanos;
        long first = requestsTopic.of(applicationId);
        long done = first;
        while (done < all) {
            Thread.sleep(LOOK_EVERY_MS);
            process.requireAlive();
            long now = requestsTopic.of(applicationId);
            changedNanos = now > done ? System.nanoTime() : changedNanos;
            done = now;
            if (System.nanoTime() - changedNanos > STUCK_AFTER_NANOS) {
                throw new IllegalStateException("The pipeline stands still after " + done + " events.");
            }
            resident = ResidentMemory.of(process.pid()).or(() -> resident);
            progress.at(done);
        }
        seconds = (changedNanos - startNanos) / 1e9 * all / Math.max(1, all - first);
        stateOnDisk = process.stateOnDisk();
    }

    private int verdict(Crowd crowd, HeapLog heapLog, List<String> complaints) {
        long ceiling = heap.count() + rocksDb.count() + allowance.count();
        System.out.printf(
                Locale.ROOT,
                "heap: at most %s of %s in use, at most %s live after %d full collections%n",
                heapLog.mostUsed(),
                heap,
                heapLog.mostLive(),
                heapLog.fullCollections());
        System.out.printf(
                Locale.ROOT,
                "resident memory: %s; ceiling %s = heap %s + RocksDB %s + %s for code, threads and buffers%n",
                resident.map(memory -> "at most " + memory.most() + ", " + memory.now() + " at the end")
                        .orElse("unknown, as this system has no /proc; not judged"),
                new Bytes(ceiling),
                heap,
                rocksDb,
                allowance);
        System.out.printf(
                Locale.ROOT, "state stores on disk: %s; %,.0f events/s%n", stateOnDisk, crowd.events() / seconds);
        boolean fits = resident.map(memory -> memory.most().count() <= ceiling).orElse(true);
        complaints.forEach(complaint -> System.out.println("LOST: " + complaint + "."));
        System.out.printf(
                Locale.ROOT,
                "verdict: %s, %s%n",
                complaints.isEmpty() ? "nothing lost" : "something is lost",
                resident.isEmpty() ? "memory not judged" : fits ? "within the ceiling" : "over the ceiling");
        return complaints.isEmpty() && fits ? 0 : 1;
    }
}

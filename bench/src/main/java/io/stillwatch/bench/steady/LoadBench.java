package io.stillwatch.bench.steady;

import io.stillwatch.bench.load.AccountChoice;
import io.stillwatch.bench.load.CommittedOffsets;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Traffic;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.bench.process.Bytes;
import io.stillwatch.bench.process.PipelineProcess;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends at a steady rate, events of now, and reads from the program's own metrics what that does to it. */
@Command(
        name = "bench/run load",
        header = "A steady load on 'stillwatch run': how long alerts take, and whether what it holds stays flat.",
        description = {
            "",
            "First accounts get a past of weeks, so that there is as much to hold as there will be, and it is caught up with. Then",
            "a backlog with as much event time as the load is drained; how fast the second half of it goes is the top rate.",
            "Then events of now are sent at half of that. Simulator, Kafka and pipeline share this machine.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LoadBench implements Callable<Integer> {
    private static final int PROMPT_CHARACTERS = 300;
    private static final long SCRAPE_EVERY_MS = 5_000;
    private static final long MINUTE_MS = 60_000;
    private static final long PAST_MS = 35L * 24 * 60 * MINUTE_MS;
    private static final long TICK_MS = 10;
    private static final double BACKLOG_SECONDS = 15;
    private static final int QUIET_SCRAPES = 3;
    private static final String BACKLOG = "stillwatch_backlog_records";

    @Option(names = "--minutes", defaultValue = "15", description = "How long; default ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Events a second, beside those of harvesters; half of the top rate where absent.")
    private double rate;

    @Option(
            names = "--backlog",
            defaultValue = "600000",
            description = "Events that the top rate is found with; default ${DEFAULT-VALUE}.")
    private int backlog;

    @Option(
            names = "--past",
            defaultValue = "60000",
            description = "Events of five weeks that are there before; default ${DEFAULT-VALUE}.")
    private int past;

    @Option(names = "--accounts", defaultValue = "5000", description = "Accounts; default ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(names = "--heap", defaultValue = "1g", description = "The process's -Xmx; default ${DEFAULT-VALUE}.")
    private Bytes heap;

    @Option(names = "--rocksdb", defaultValue = "256m", description = "Ceiling of RocksDB; default ${DEFAULT-VALUE}.")
    private Bytes rocksDb;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic; default ${DEFAULT-VALUE}.")
    private int partitions;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Held held = new Held();

    /** Runs the load. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadBench())
                .registerConverter(Bytes.class, new Bytes.Converter())
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (Workspace workspace = Workspace.open(partitions, Workspace.Kept.NEWEST);
                Feeder feeder = new Feeder(
                        workspace.topics(),
                        new SerdeFactory(WireFormat.singleObject()),
                        workspace.clientProperties())) {
            boolean given = rate > 0;
            long backlogFromMs = System.currentTimeMillis() - minutes * MINUTE_MS;
            fill("past", feeder, past, backlogFromMs - PAST_MS, PAST_MS);
            try (PipelineProcess process = PipelineProcess.start(workspace, heap, rocksDb)) {
                catchUp(process);
                if (!given) {
                    fill("backlog", feeder, backlog, backlogFromMs, minutes * MINUTE_MS);
                    double top = topRate(workspace, process);
                    System.out.printf(Locale.ROOT, "top rate: %,.0f events/s (the second half of a backlog)%n", top);
                    rate = top / 2;
                }
                return load(feeder, process) ? 0 : 1;
            }
        }
    }

    private void fill(String what, Feeder feeder, int events, long fromMs, long spanMs) {
        Traffic traffic =
                new Traffic(AccountChoice.uniform(accounts), PROMPT_CHARACTERS, fromMs, spanMs / (double) events);
        ProgressLine progress = new ProgressLine("filling", events);
        for (int sent = 0; sent < events; sent++) {
            RequestEvent event = traffic.next();
            event.setEventId(what + '-' + sent);
            feeder.send(event);
            progress.at(sent);
        }
        feeder.flush();
    }

    /** Weeks of event time hold as many looks at campaigns, which are no part of the top rate. */
    private void catchUp(PipelineProcess process) throws IOException, InterruptedException {
        int port = process.managementPort();
        int quiet = 0;
        while (quiet < QUIET_SCRAPES) {
            Thread.sleep(SCRAPE_EVERY_MS);
            process.requireAlive();
            quiet = Scrape.of(client, port).sum(BACKLOG) > 0 ? 0 : quiet + 1;
        }
    }

    private double topRate(Workspace workspace, PipelineProcess process) throws IOException, InterruptedException {
        CommittedOffsets requests =
                new CommittedOffsets(workspace.admin(), workspace.topics().requests(), partitions);
        String applicationId = workspace.topics().prefix().replaceAll("\\.$", "");
        long all = requests.end();
        long half = 0;
        long halfNanos = 0;
        long done = 0;
        while (done < all) {
            Thread.sleep(200);
            process.requireAlive();
            done = requests.of(applicationId);
            if (halfNanos == 0 && done >= all - backlog / 2) {
                half = done;
                halfNanos = System.nanoTime();
            }
        }
        return (all - half) / ((System.nanoTime() - halfNanos) / 1e9);
    }

    private boolean load(Feeder feeder, PipelineProcess process) throws IOException, InterruptedException {
        int port = process.managementPort();
        long startMs = System.currentTimeMillis();
        Traffic traffic = new Traffic(AccountChoice.uniform(accounts), PROMPT_CHARACTERS, startMs, 1_000 / rate);
        Harvesters harvesters = new Harvesters(startMs);
        System.out.printf(
                Locale.ROOT,
                "load: %,.0f events/s of %,d accounts and a harvester more every other second, for %d minutes%n",
                rate,
                accounts,
                minutes);
        System.out.printf(
                "%6s %10s %10s %8s %12s %12s%n", "minute", "sent/s", "counted/s", "waiting", "alerts timed", "p99, s");
        Scrape first = Scrape.of(client, port);
        Scrape minuteBegan = first;
        long sent = 0;
        long sentBefore = 0;
        long scrapeAtMs = startMs + SCRAPE_EVERY_MS;
        for (int minute = 1; minute <= minutes; minute++) {
            Scrape latest = minuteBegan;
            long nowMs = System.currentTimeMillis();
            while (nowMs < startMs + minute * MINUTE_MS) {
                for (long due = (long) ((nowMs - startMs) / 1e3 * rate); sent < due; sent++) {
                    RequestEvent event = traffic.next();
                    event.setEventId("load-" + sent);
                    event.setEventTime(nowMs);
                    feeder.send(event);
                }
                harvesters.until(nowMs).forEach(feeder::send);
                if (nowMs >= scrapeAtMs) {
                    process.requireAlive();
                    latest = Scrape.of(client, port);
                    held.add(latest);
                    scrapeAtMs += SCRAPE_EVERY_MS;
                }
                Thread.sleep(TICK_MS);
                nowMs = System.currentTimeMillis();
            }
            held.minuteOver();
            System.out.printf(
                    Locale.ROOT,
                    "%6d %,10.0f %,10.0f %,8.0f %,12.0f %12.2f%n",
                    minute,
                    (sent - sentBefore) / 60.0,
                    perSecond("stillwatch_requests_total", minuteBegan, latest),
                    latest.sum(BACKLOG),
                    latest.alerts() - minuteBegan.alerts(),
                    latest.delay(0.99, minuteBegan));
            sentBefore = sent;
            minuteBegan = latest;
        }
        return verdict(first, minuteBegan, harvesters.begun());
    }

    private static double perSecond(String name, Scrape from, Scrape to) {
        return (to.sum(name) - from.sum(name)) / Duration.ofMinutes(1).toSeconds();
    }

    private boolean verdict(Scrape first, Scrape last, int begun) {
        boolean flat = held.print();
        boolean keptUp = last.sum(BACKLOG) <= rate * BACKLOG_SECONDS;
        System.out.printf(
                Locale.ROOT,
                "%nevent to alert: p50 %.2f s, p99 %.2f s, of %,.0f alerts; %,d harvesters began%n",
                last.delay(0.5, first),
                last.delay(0.99, first),
                last.alerts() - first.alerts(),
                begun);
        System.out.printf(
                "verdict: %s, %s%n",
                keptUp ? "it kept up" : "it fell behind",
                flat ? "what it holds is flat" : "something that it holds grows");
        return flat && keptUp && last.alerts() > first.alerts();
    }
}

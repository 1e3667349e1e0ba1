package io.stillwatch.cli.run;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthCsv;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Made-up traffic whose truth is known. */
@Command(
        name = "simulate",
        header = "Make traffic with a known truth: native JSON lines, or straight onto the requests topic.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch simulate demo --output week.jsonl.gz",
            "  stillwatch simulate my-plan.yaml --seed 7 | head",
            "  stillwatch simulate small --to-topic --bootstrap-servers kafka:9092",
            "  stillwatch simulate demo --until now --to-topic --bootstrap-servers 127.0.0.1:19092"
        })
public final class SimulateCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Parameters(
            paramLabel = "PLAN",
            arity = "0..1",
            defaultValue = "small",
            description =
                    "demo, small, honest, evaluation, harvests, crowds, holdout, campaigns, campaigns-bare, hydra, hydra-mixed, look-alikes, reported-scale, or a"
                            + " YAML file (default: ${DEFAULT-VALUE}).")
    private String plan;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed than the plan's.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private UntilOption until;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where the events go: .jsonl or .jsonl.gz; '-' is standard output. The truth goes beside it"
                    + " as .truth.csv.")
    private String file;

    @Option(names = "--to-topic", description = "Write to the requests topic of --bootstrap-servers instead of a file.")
    private boolean toTopic;

    private static final int BUFFER = 1 << 16;

    @Override
    public Integer call() {
        SimulationPlan chosen = plan(plan);
        Simulator simulator =
                until.applyTo(new Simulator(seed.map(chosen::withSeed).orElse(chosen)));
        if (toTopic) {
            sendToTopic(simulator);
        } else if (file.equals("-")) {
            print(simulator);
        } else {
            write(simulator, Path.of(file));
        }
        return ExitStatus.OK.code();
    }

    /** A plan that ships, or one from a file. */
    public static SimulationPlan plan(String name) {
        try {
            if (SimulationPlan.presetNames().contains(name)) {
                return SimulationPlan.preset(name);
            }
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return PlanReader.read(Path.of(name));
            }
            return SimulationPlan.preset(name);
        } catch (PlanException e) {
            throw new UserException(e.getMessage(), ExitStatus.USAGE, e);
        }
    }

    private void print(Simulator simulator) {
        Iterator<RequestEvent> events = simulator.events();
        while (events.hasNext()) {
            stillwatch.output().line(RequestEventJson.write(events.next()));
        }
    }

    private void write(Simulator simulator, Path target) {
        TerminalOutput output = stillwatch.output();
        String name = target.toString();
        Path truth = Path.of(name.replaceFirst("\\.jsonl(\\.gz)?$", "") + ".truth.csv");
        OutputFile.check(
                List.of(target, truth), Files.isRegularFile(Path.of(plan)) ? List.of(Path.of(plan)) : List.of());
        OutputFile.fill(target, file -> {
            OutputStream buffered = new BufferedOutputStream(file, BUFFER);
            OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(buffered, BUFFER) : buffered;
            try (Progress progress = output.progress("Simulating", "events")) {
                long written = 0;
                Iterator<RequestEvent> events = simulator.events();
                while (events.hasNext()) {
                    RequestEventJson.writeLine(events.next(), out);
                    progress.update(++written, (double) written / simulator.size());
                }
            }
            out.close();
        });
        OutputFile.fill(truth, file -> {
            Writer writer = new OutputStreamWriter(file, StandardCharsets.UTF_8);
            TruthCsv.write(simulator.truth(), writer);
            writer.flush();
        });
        output.notice("Wrote " + target + " and " + truth + ".");
    }

    private void sendToTopic(Simulator simulator) {
        KafkaSettings settings = stillwatch.settings();
        Connection connection = Connection.require(settings);
        connection.clusterId();
        var format = PipelineSession.wireFormat(settings);
        try (Feeder feeder = new Feeder(settings.topics(), new SerdeFactory(format), connection.producerProperties());
                Progress progress = stillwatch.output().progress("Sending", "events")) {
            long sent = 0;
            Iterator<RequestEvent> events = simulator.events();
            while (events.hasNext()) {
                feeder.send(events.next());
                progress.update(++sent, (double) sent / simulator.size());
            }
            feeder.flush();
        }
    }
}

package io.stillwatch.cli;

import io.stillwatch.baseline.Reference;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.AdversaryJson;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Floors;
import io.stillwatch.evaluate.FloorsException;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestLimits;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.RequestEventReader;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanException;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthReader;
import io.stillwatch.simulate.TruthRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Alerts against a known truth. */
@Command(
        name = "evaluate",
        header = "Measure who is caught, after how many requests, and who is flagged wrongly, against a known truth.",
        description =
                "Runs traffic whose truth is known through the pipeline's own topology, without a broker. The truth of"
                        + " NAME.jsonl.gz is NAME.truth.csv beside it, as 'stillwatch simulate' writes it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch evaluate --simulate evaluation --output evaluation.html",
            "  stillwatch evaluate honest.jsonl.gz harvest.jsonl.gz --signatures my-signatures",
            "  stillwatch evaluate week.jsonl --truth labels.csv",
            "  stillwatch evaluate --adversary --output evasions.json"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final long ATTACKERS_SEED = 1;
    private static final int MOST_ATTACKERS = 1_000;

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private CampaignOption campaigns;

    @Parameters(
            paramLabel = "EVENTS",
            arity = "0..*",
            description = "Files of request events, each evaluated alone and then all together.")
    private List<String> files = List.of();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Truth of the events (default: NAME.truth.csv beside each); one for each EVENTS, in order.")
    private List<Path> truths = List.of();

    @Option(
            names = "--simulate",
            paramLabel = "PLAN",
            description =
                    "Traffic to make up: demo, small, honest, evaluation, campaigns, hydra, hydra-mixed, look-alikes, or a"
                            + " YAML file. Repeatable.")
    private List<String> plans = List.of();

    @Option(
            names = "--adversary",
            description =
                    "Instead: what attackers get who hide, by every kind of evasion with rising strength, all of it"
                            + " made up. Takes some minutes.")
    private boolean adversary;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "With --adversary: attackers of each behaviour (default: ${DEFAULT-VALUE}).")
    private int accounts = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed than the plans'.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write everything to a file: .json for programs, .html a report. Repeatable.")
    private List<String> outputs = List.of();

    @Option(
            names = "--floors",
            paramLabel = "FILE",
            description = "YAML of figures with the least or most that each may be; exit status 1 names those that miss"
                    + " it. The figures are those of --output, of all traffic together.")
    private Optional<Path> floorsFile = Optional.empty();

    @Override
    public Integer call() {
        if (adversary) {
            return tryEvasions();
        }
        if (files.isEmpty() && plans.isEmpty()) {
            throw new CliException("Name files of events, or a plan with --simulate.", ExitStatus.USAGE);
        }
        if (!truths.isEmpty() && truths.size() != files.size()) {
            throw new CliException(
                    "Give --truth once for each of the " + files.size() + " files of events, not " + truths.size()
                            + " times.",
                    ExitStatus.USAGE);
        }
        TerminalOutput output = stillwatch.output();
        List<EvaluationOutput> writers =
                outputs.stream().map(EvaluationOutput::to).toList();
        Optional<Floors> floors = floorsFile.map(EvaluateCommand::floors);
        SignatureSet library = signatures.load();
        Reference known = reference.load();
        List<List<TruthRow>> rows = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            rows.add(truth(truths.isEmpty() ? besides(files.get(file)) : truths.get(file)));
        }
        List<Simulator> simulators = plans.stream().map(this::simulator).toList();
        List<Scorecard> cards = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            cards.add(evaluate(files.get(file), rows.get(file), library, known, output));
        }
        for (int plan = 0; plan < plans.size(); plan++) {
            cards.add(evaluate(plans.get(plan), simulators.get(plan), library, known, output));
        }
        if (cards.size() > 1) {
            cards.add(Scorecard.together(cards));
            new EvaluationTables(cards.get(cards.size() - 1), output).print();
        }
        writers.forEach(writer -> writer.write(cards, output));
        List<String> missed = floors.map(
                        bounds -> bounds.missed(cards.get(cards.size() - 1).figures()))
                .orElseGet(List::of);
        missed.forEach(sentence -> output.error("Below the floors: " + sentence + "."));
        return (missed.isEmpty() ? ExitStatus.OK : ExitStatus.FAILURE).code();
    }

    private int tryEvasions() {
        if (!files.isEmpty() || !plans.isEmpty() || !truths.isEmpty() || floorsFile.isPresent()) {
            throw new CliException(
                    "--adversary makes up its own traffic; leave out events, --simulate, --truth and --floors.",
                    ExitStatus.USAGE);
        }
        if (accounts < 1 || accounts > MOST_ATTACKERS) {
            throw new CliException("--accounts must be 1 to " + MOST_ATTACKERS + ".", ExitStatus.USAGE);
        }
        TerminalOutput output = stillwatch.output();
        List<Path> targets = outputs.stream().map(EvaluateCommand::jsonOnly).toList();
        Adversary attackers = Adversary.usual(accounts, seed.orElse(ATTACKERS_SEED));
        List<EvasionPrice> prices =
                new AdversaryRun(attackers, signatures.load(), reference.load(), campaigns.wanted()).run(output);
        AdversaryTable.print(attackers, prices, output);
        targets.forEach(target ->
                EvaluationOutput.write(target, writer -> writer.append(AdversaryJson.of(attackers, prices)), output));
        return ExitStatus.OK.code();
    }

    private static Path jsonOnly(String name) {
        if (!name.toLowerCase(Locale.ROOT).endsWith(".json")) {
            throw new CliException("With --adversary, --output must end in .json.", ExitStatus.USAGE);
        }
        return Path.of(name);
    }

    private static Floors floors(Path file) {
        try {
            return Floors.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (FloorsException e) {
            throw new CliException(
                    "The floors " + file + " cannot be used: " + e.getMessage() + ".", ExitStatus.USAGE, e);
        } catch (IOException e) {
            throw new CliException(
                    "The floors " + file + " cannot be read; name a YAML file you may read.", ExitStatus.FAILURE, e);
        }
    }

    private static Path besides(String events) {
        return Path.of(events.replaceFirst("\\.(jsonl|json|avro)?(\\.gz|\\.zst)?$", "") + ".truth.csv");
    }

    private static List<TruthRow> truth(Path file) {
        try {
            return TruthReader.read(file);
        } catch (PlanException e) {
            throw new CliException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private Simulator simulator(String name) {
        SimulationPlan plan = SimulateCommand.plan(name);
        return new Simulator(seed.map(plan::withSeed).orElse(plan));
    }

    private Scorecard evaluate(
            String file, List<TruthRow> truth, SignatureSet library, Reference known, TerminalOutput output) {
        long rejected = 0;
        try (EvaluationRun run = new EvaluationRun(library, known, campaigns.wanted());
                RequestEventReader reader = RequestEventReader.open(file, Optional.empty(), IngestLimits.DEFAULT)) {
            try (Progress progress =
                    output.progress("Evaluating " + Path.of(file).getFileName(), "events")) {
                long done = 0;
                while (reader.hasNext()) {
                    Ingested next = reader.next();
                    if (next instanceof Ingested.Accepted accepted) {
                        run.take(accepted.event());
                    } else if (next instanceof Ingested.Rejected) {
                        rejected++;
                    }
                    progress.update(
                            ++done,
                            reader.bytesTotal().isPresent()
                                    ? (double) reader.bytesRead()
                                            / Math.max(1, reader.bytesTotal().getAsLong())
                                    : Double.NaN);
                }
            }
            return told(file, run, truth, rejected, output);
        } catch (IngestException e) {
            throw new CliException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private Scorecard evaluate(
            String plan, Simulator simulator, SignatureSet library, Reference known, TerminalOutput output) {
        try (EvaluationRun run = new EvaluationRun(library, known, campaigns.wanted())) {
            try (Progress progress = output.progress("Evaluating " + plan, "events")) {
                long done = 0;
                Iterator<RequestEvent> events = simulator.events();
                while (events.hasNext()) {
                    run.take(events.next());
                    progress.update(++done, (double) done / simulator.size());
                }
            }
            return told(plan, run, simulator.truth(), 0, output);
        }
    }

    private static Scorecard told(
            String name, EvaluationRun run, List<TruthRow> truth, long rejected, TerminalOutput output) {
        Watch watch = run.finish();
        List<AccountResult> results = watch.results(truth);
        notice(output, rejected, "records of " + name + " could not be read; 'stillwatch replay' says why.");
        notice(output, run.setAside(), "events of " + name + " came too late to count.");
        notice(output, watch.unnamed(truth), "accounts of " + name + " are not in the truth and are left out.");
        notice(output, truth.size() - results.size(), "accounts of the truth of " + name + " made no request.");
        Scorecard card = new Scorecard(name, results, watch.spanMs(), watch.campaigns(truth));
        new EvaluationTables(card, output).print();
        return card;
    }

    private static void notice(TerminalOutput output, long count, String what) {
        if (count > 0) {
            output.notice(count + " " + what);
        }
    }
}

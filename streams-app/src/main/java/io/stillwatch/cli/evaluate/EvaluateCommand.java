package io.stillwatch.cli.evaluate;

import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.CampaignOption;
import io.stillwatch.cli.option.Choices;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.run.SimulateCommand;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.Progress;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.evaluate.Adversary;
import io.stillwatch.evaluate.AdversaryJson;
import io.stillwatch.evaluate.EvasionPrice;
import io.stillwatch.evaluate.Floors;
import io.stillwatch.evaluate.FloorsException;
import io.stillwatch.evaluate.LinkAdversary;
import io.stillwatch.evaluate.LinkPrice;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.ingest.RequestEventReader;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.claim.ForgedClaims;
import io.stillwatch.simulate.evasion.Evasions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "  stillwatch evaluate day.jsonl.gz pure.jsonl.gz --disguise enduser,stream,all,neutral",
            "  stillwatch evaluate --adversary --output evasions.json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final long ATTACKERS_SEED = 1;
    private static final int MOST_ATTACKERS = 1_000;
    private static final String CLAIMS = "claims";
    private static final String EVASIONS = "evasions";
    private static final String LINKS = LinkAdversary.KIND;

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption account;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private CampaignOption campaigns;

    @Parameters(
            paramLabel = "EVENTS",
            arity = "0..*",
            description =
                    "Files of request events, folders or globs of them, each file evaluated alone and then all together.")
    private List<String> files = List.of();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Truth of the events (default: NAME.truth.csv beside each); one for each EVENTS, in order.")
    private List<Path> truths = List.of();

    @Option(
            names = "--simulate",
            completionCandidates = Choices.OfPlan.class,
            paramLabel = "PLAN",
            description =
                    "Traffic to make up: demo, small, honest, evaluation, crowds, holdout, campaigns, campaigns-bare, hydra, hydra-mixed, look-alikes, or a"
                            + " YAML file. Repeatable.")
    private List<String> plans = List.of();

    @Option(
            names = "--disguise",
            paramLabel = "CLAIMS",
            split = ",",
            description = "Instead: one line for the traffic as it is and for each of these disguises of its hostile"
                    + " accounts. Names of claims joined by '+', each with the share of requests that make it where it is"
                    + " not the usual one, as in enduser+repeat=0.2; 'all' is all of them at once, 'each' each alone,"
                    + " 'neutral' and 'blank' are as below. 'evaluate --adversary' says what the claims are.")
    private List<String> disguises = List.of();

    @Option(
            names = "--neutral",
            description =
                    "Give hostile accounts the times, parameters and lengths of answers of honest ones of the same"
                            + " traffic, so that content alone is judged.")
    private boolean neutral;

    @Option(
            names = "--blank",
            description = "Replace every prompt and all instructions by words made from their hashes, so that behaviour"
                    + " alone is judged.")
    private boolean blank;

    @Option(
            names = "--hostile-only",
            description = "With --disguise: leave honest accounts out where a disguise does not change them. Faster;"
                    + " off by what depends on how many accounts there are.")
    private boolean hostileOnly;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "With --disguise and --adversary: runs at once (default: one for each processor).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--adversary",
            description =
                    "Instead: what attackers get who hide, by every claim that costs nothing, by every kind of evasion with"
                            + " rising strength, and by accounts that share less and less, all of it made up. Takes some"
                            + " minutes.")
    private boolean adversary;

    @Option(
            names = "--hiding",
            paramLabel = "NAME",
            split = ",",
            description =
                    "With --adversary: only these ways; 'claims', 'evasions' and 'links' are all of a kind. 'links' takes from a"
                            + " campaign what its accounts share.")
    private List<String> hiding = List.of();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "With --adversary: attackers of each behaviour (default: ${DEFAULT-VALUE}).")
    private int accounts = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed than the plans'.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--prevalence",
            paramLabel = "SHARE",
            defaultValue = "0.005",
            description = "Share of hostile accounts among all at which it is told how many of those named are hostile"
                    + " (default: ${DEFAULT-VALUE}); the traffic's own share is told beside it.")
    private double prevalence;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write everything to a file: .json for programs, .html a report. Repeatable.")
    private List<String> outputs = List.of();

    @Option(
            names = "--floors",
            paramLabel = "FILE",
            description = "YAML of figures with the least or most that each may be; exit status 1 names those that miss"
                    + " it. The figures are those of --output, of all traffic together; those of"
                    + " --adversary begin with 'claim.', 'evasion.' and 'links.', and each run minds its own.")
    private Optional<Path> floorsFile = Optional.empty();

    /** Whether records of a file could not be read or came too late, so that a person should look. */
    private boolean incomplete;

    @Override
    public Integer call() {
        try {
            OutputFile.check(outputs.stream().map(Path::of).toList(), inputs());
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
        if (adversary) {
            return tryEvasions();
        }
        if (files.isEmpty() && plans.isEmpty()) {
            throw new UserException("Name files of events, or a plan with --simulate.", ExitStatus.USAGE);
        }
        if (!(prevalence > 0 && prevalence < 1)) {
            throw new UserException("--prevalence must be above 0 and below 1.", ExitStatus.USAGE);
        }
        TerminalOutput output = stillwatch.output();
        if (!disguises.isEmpty()) {
            return tryDisguises(output);
        }
        if (hostileOnly || threads.isPresent() || !hiding.isEmpty()) {
            throw new UserException(
                    "--hostile-only and --threads are for --disguise, --hiding and --threads for --adversary.",
                    ExitStatus.USAGE);
        }
        List<EvaluationOutput> writers =
                outputs.stream().map(EvaluationOutput::to).toList();
        Optional<Floors> floors = floorsFile.map(EvaluateCommand::floors);
        Reference known = reference.load();
        Judge judge = new Judge(signatures.load(), known, campaigns.wanted(), true);
        Disguising disguise = Disguising.NONE.and(neutral, blank);
        List<Scorecard> cards = new ArrayList<>();
        for (LabelledTraffic traffic : traffic()) {
            cards.add(told(traffic, judge, disguise, output));
        }
        if (cards.size() > 1) {
            cards.add(Scorecard.together(cards));
            new EvaluationTables(cards.get(cards.size() - 1), prevalence, output).print();
        }
        writers.forEach(writer -> writer.write(cards, known, output));
        int below = missing(
                floors.map(bounds -> bounds.only(figure -> !isOfAdversary(figure))),
                cards.get(cards.size() - 1).figures(),
                output);
        return below == ExitStatus.OK.code() && incomplete ? ExitStatus.SOME_REJECTED.code() : below;
    }

    private int tryDisguises(TerminalOutput output) {
        if (!outputs.isEmpty() || floorsFile.isPresent()) {
            throw new UserException("--disguise prints a table; leave out --output and --floors.", ExitStatus.USAGE);
        }
        int atOnce = atOnce();
        List<Disguising> wanted = new ArrayList<>(List.of(Disguising.NONE));
        wanted.addAll(Disguising.read(disguises));
        Judge judge = new Judge(signatures.load(), reference.load(), campaigns.wanted(), false);
        List<DisguiseRuns.Row> rows = new DisguiseRuns(judge, hostileOnly, atOnce)
                .run(
                        traffic(),
                        wanted.stream()
                                .map(disguise -> disguise.and(neutral, blank))
                                .distinct()
                                .toList(),
                        output);
        rows.forEach(row -> notices(row.traffic() + ", " + row.disguise().words(), row.verdict(), output));
        DisguiseTable.print(rows, output);
        return ExitStatus.OK.code();
    }

    private List<LabelledTraffic> traffic() {
        List<LabelledTraffic> traffic = new ArrayList<>();
        List<String> events = events();
        for (int file = 0; file < events.size(); file++) {
            traffic.add(
                    truths.isEmpty()
                            ? FileTraffic.of(events.get(file), account.applyTo(input.options()))
                            : FileTraffic.of(events.get(file), truths.get(file), account.applyTo(input.options())));
        }
        plans.forEach(plan -> traffic.add(new SimulatedTraffic(plan, simulator(plan))));
        return traffic;
    }

    /** The files that are named, those of folders and globs too; truths that lie beside them are none. */
    private List<String> events() {
        try {
            List<String> events = new ArrayList<>();
            for (String named : files) {
                if (named.equals(RequestEventReader.STANDARD_INPUT)) {
                    throw new UserException(
                            "Events are read several times, and their truth lies beside them, so standard input will not"
                                    + " do; save it to a file and name that.",
                            ExitStatus.USAGE);
                }
                LogFiles.paths(List.of(named)).stream()
                        .map(Path::toString)
                        .filter(name -> !name.endsWith(FileTraffic.TRUTH))
                        .forEach(events::add);
            }
            if (!truths.isEmpty() && truths.size() != events.size()) {
                throw new UserException(
                        "Give --truth once for each of the " + events.size() + " files of events, not " + truths.size()
                                + " times.",
                        ExitStatus.USAGE);
            }
            for (String file : events) {
                if (Files.notExists(Path.of(file))) {
                    throw new UserException("There is no file " + file + ".", ExitStatus.FAILURE);
                }
            }
            return events;
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }

    private List<Path> inputs() {
        List<Path> read = new ArrayList<>(truths);
        read.addAll(LogFiles.paths(files));
        floorsFile.ifPresent(read::add);
        return read;
    }

    private int tryEvasions() {
        if (!files.isEmpty() || !plans.isEmpty() || !truths.isEmpty() || !disguises.isEmpty()) {
            throw new UserException(
                    "--adversary makes up its own traffic; leave out events, --simulate, --truth and --disguise.",
                    ExitStatus.USAGE);
        }
        if (accounts < 1 || accounts > MOST_ATTACKERS) {
            throw new UserException("--accounts must be 1 to " + MOST_ATTACKERS + ".", ExitStatus.USAGE);
        }
        TerminalOutput output = stillwatch.output();
        List<Path> targets = outputs.stream().map(EvaluateCommand::jsonOnly).toList();
        Optional<Floors> floors = floorsFile.map(EvaluateCommand::floors);
        int atOnce = atOnce();
        SignatureSet library = signatures.load();
        Reference known = reference.load();
        Map<Adversary, List<EvasionPrice>> tried = new LinkedHashMap<>();
        Map<String, Double> figures = new TreeMap<>();
        for (Adversary adversary : adversaries()) {
            List<EvasionPrice> prices =
                    new AdversaryRun(adversary, library, known, campaigns.wanted()).run(atOnce, output);
            AdversaryTable.print(adversary, prices, output);
            tried.put(adversary, prices);
            figures.putAll(adversary.figures(prices));
        }
        Optional<LinkAdversary> sharing = linkAdversary();
        Map<LinkAdversary, List<LinkPrice>> shared = new LinkedHashMap<>();
        sharing.ifPresent(campaign -> {
            List<LinkPrice> prices = new LinkAdversaryRun(campaign, library, known).run(atOnce, output);
            LinkAdversaryRun.print(campaign, prices, output);
            shared.put(campaign, prices);
            figures.putAll(campaign.figures(prices));
        });
        AdversaryTable.printWays(
                tried.isEmpty()
                        ? List.of()
                        : Stream.concat(
                                        ForgedClaims.all().stream()
                                                .map(claim -> claim.name() + ": " + claim.description()),
                                        Evasions.all().stream()
                                                .map(evasion -> evasion.name() + ": " + evasion.description()))
                                .toList(),
                output);
        targets.forEach(
                target -> OutputFile.write(target, writer -> writer.append(AdversaryJson.of(tried, shared)), output));
        return missing(floors.map(bounds -> bounds.only(EvaluateCommand::isOfAdversary)), figures, output);
    }

    private static boolean isOfAdversary(String figure) {
        return Adversary.isFigure(figure) || LinkAdversary.isFigure(figure);
    }

    /** The campaign that hides by sharing less, where that is wanted. */
    private Optional<LinkAdversary> linkAdversary() {
        LinkAdversary all = LinkAdversary.usual(seed.orElse(ATTACKERS_SEED));
        if (!campaigns.wanted()) {
            return Optional.empty();
        }
        if (hiding.isEmpty() || hiding.contains(LINKS)) {
            return Optional.of(all);
        }
        LinkAdversary some = all.only(name -> hiding.contains(LINKS + "." + name));
        return some.ways().isEmpty() ? Optional.empty() : Optional.of(some);
    }

    private List<Adversary> adversaries() {
        long from = seed.orElse(ATTACKERS_SEED);
        Adversary claiming = Adversary.claiming(accounts, from);
        Adversary evading = Adversary.evading(accounts, from);
        if (hiding.isEmpty()) {
            return List.of(claiming, evading);
        }
        Set<String> wanted = new HashSet<>(hiding);
        boolean claims = wanted.remove(CLAIMS);
        boolean evasions = wanted.remove(EVASIONS);
        wanted.remove(LINKS);
        Set<String> sharing = LinkAdversary.usual(from).ways().stream()
                .map(way -> LINKS + "." + way.name())
                .collect(Collectors.toSet());
        List<Adversary> some = Stream.of(
                        claiming.only(name -> claims || wanted.contains(name)),
                        evading.only(name -> evasions || wanted.contains(name)))
                .filter(adversary -> !adversary.ways().isEmpty())
                .toList();
        Set<String> known = Stream.of(claiming, evading)
                .flatMap(adversary -> adversary.ways().stream().map(Adversary.Way::name))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(sharing);
        if (!known.containsAll(wanted)) {
            wanted.removeAll(known);
            throw new UserException(
                    "There is no way to hide named " + String.join(", ", new TreeSet<>(wanted)) + "; there are "
                            + CLAIMS + ", " + EVASIONS + ", " + LINKS + ", " + String.join(", ", known) + ".",
                    ExitStatus.USAGE);
        }
        return some;
    }

    private int atOnce() {
        int atOnce = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (atOnce < 1) {
            throw new UserException("--threads must be 1 or more.", ExitStatus.USAGE);
        }
        return atOnce;
    }

    private static int missing(Optional<Floors> floors, Map<String, Double> figures, TerminalOutput output) {
        List<String> missed = floors.map(bounds -> bounds.missed(figures)).orElseGet(List::of);
        missed.forEach(sentence -> output.error("Below the floors: " + sentence + "."));
        return (missed.isEmpty() ? ExitStatus.OK : ExitStatus.FAILURE).code();
    }

    private static Path jsonOnly(String name) {
        if (!name.toLowerCase(Locale.ROOT).endsWith(".json")) {
            throw new UserException("With --adversary, --output must end in .json.", ExitStatus.USAGE);
        }
        return Path.of(name);
    }

    private static Floors floors(Path file) {
        try {
            return Floors.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (FloorsException e) {
            throw new UserException(
                    "The floors " + file + " cannot be used: " + e.getMessage() + ".", ExitStatus.USAGE, e);
        } catch (IOException e) {
            throw new UserException(
                    "The floors " + file + " cannot be read; name a YAML file you may read.", ExitStatus.FAILURE, e);
        }
    }

    private Simulator simulator(String name) {
        SimulationPlan plan = SimulateCommand.plan(name);
        return new Simulator(seed.map(plan::withSeed).orElse(plan));
    }

    private Scorecard told(LabelledTraffic traffic, Judge judge, Disguising disguise, TerminalOutput output) {
        Judge.Verdict verdict;
        try (Progress progress = output.progress("Evaluating " + fileName(traffic.name()), "events")) {
            verdict = judge.judge(new DisguisedTraffic(traffic, disguise), progress::update);
        }
        notices(traffic.name(), verdict, output);
        new EvaluationTables(verdict.card(), prevalence, output).print();
        return verdict.card();
    }

    private static String fileName(String traffic) {
        Path name = Path.of(traffic).getFileName();
        return name == null ? traffic : name.toString();
    }

    private void notices(String name, Judge.Verdict verdict, TerminalOutput output) {
        incomplete |= verdict.rejected() + verdict.fate().late() > 0;
        notice(output, verdict.rejected(), "records of " + name + " could not be read; 'stillwatch replay' says why.");
        notice(output, verdict.skipped(), "records of " + name + " are no requests, or were logged twice.");
        notice(output, verdict.fate().late(), "events of " + name + " came too late to count.");
        notice(output, verdict.fate().repeated(), "events of " + name + " were sent before and did not count again.");
        notice(output, verdict.unnamed(), "accounts of " + name + " are not in the truth and are left out.");
        notice(output, verdict.silent(), "accounts of the truth of " + name + " made no request.");
        if (verdict.fate().counted() == 0) {
            throw new UserException(
                    "Nothing of " + name + " was looked at: none of its events counted, so there is nothing to judge.",
                    ExitStatus.FAILURE);
        }
    }

    private static void notice(TerminalOutput output, long count, String what) {
        if (count > 0) {
            output.notice(count + " " + what);
        }
    }
}

package io.stillwatch.cli.baseline;

import io.stillwatch.account.Backtest;
import io.stillwatch.baseline.AccountDays;
import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.BudgetPlan;
import io.stillwatch.baseline.BudgetReport;
import io.stillwatch.baseline.Calibration;
import io.stillwatch.baseline.ContaminationCurve;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.ErrorBudget;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.Reference;
import io.stillwatch.baseline.Strengths;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.alerts.TriageDesk;
import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.Choices;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.run.SimulateCommand;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.Guests;
import io.stillwatch.runtime.HistoryFiles;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Learns from logs what normal traffic looks like. */
@Command(
        name = "calibrate",
        header = "Learn from logs what normal traffic looks like.",
        description = {
            "Reads history without a broker and writes the baseline. It leaves out accounts that ask what known"
                    + " kits ask, and as many of those that look most like harvesters as --contamination-percent says.",
            "Then it sets how strongly each signature has to hold on this traffic, so that no more honest accounts"
                    + " are flagged than the error budget allows, and prints what that costs in detection, by"
                    + " simulated harvests played into this traffic. No signature is ever made to speak sooner"
                    + " than its condition says. A budget that would blind a signature is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch calibrate october.jsonl.gz november.jsonl.gz --output baseline.json",
            "  stillwatch calibrate november.jsonl.gz --output baseline.json --publish",
            "  stillwatch calibrate logs/*.jsonl --exclude a-17,a-23 --output baseline.json",
            "  stillwatch calibrate november.jsonl.gz --verdicts --output baseline.json",
            "  stillwatch calibrate november.jsonl.gz --above-low-percent 0.5 --contamination-percent 0 --output b.json",
            "  stillwatch calibrate --simulate honest --keep-suspects --no-budget --output baseline.json"
        })
public final class CalibrateCommand implements Callable<Integer> {
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

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Log files, in any order; '-' is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--simulate",
            completionCandidates = Choices.OfPlan.class,
            paramLabel = "PLAN",
            description = "Learn from simulated traffic instead: a plan by name or YAML file.")
    private Optional<String> plan = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "Where the baseline goes; one that is there already is replaced by its next version.")
    private Path target;

    @Option(names = "--id", paramLabel = "NAME", description = "Name of the baseline (default: of the file).")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--exclude",
            paramLabel = "ACCOUNT",
            split = ",",
            description = "Accounts to leave out, separated by commas. Repeatable.")
    private List<String> excluded = List.of();

    @Mixin
    private BudgetOptions budget;

    @Option(
            names = "--keep-suspects",
            description =
                    "Learn what is normal also from accounts that look like harvesters or ask what known kits ask.")
    private boolean keepSuspects;

    @Option(
            names = "--verdicts",
            description = "Learn from what analysts said of the running pipeline's alerts: accounts whose alert is a"
                    + " false_positive or benign_expected count as honest, a true_positive as a harvest, if it is about"
                    + " requests in these logs and no other alert of the account stands against it. What that"
                    + " changes is printed.")
    private boolean useVerdicts;

    @Option(names = "--publish", description = "Put it into effect in the running pipeline as well.")
    private boolean publish;

    @Override
    public Integer call() {
        if (files.isEmpty() == plan.isEmpty()) {
            throw new UserException("Name log files, or a plan with --simulate, to learn from.", ExitStatus.USAGE);
        }
        ErrorBudget allowed = budget.budget();
        OutputFile.check(List.of(target), LogFiles.paths(files));
        TerminalOutput output = stillwatch.output();
        SignatureSet library = signatures.load();
        Dictionary dictionary = reference.dictionary();
        try (HistoryFiles source = HistoryFiles.repeatable(output, library, reference.load())) {
            if (plan.isPresent()) {
                SimulationPlan chosen = SimulateCommand.plan(plan.get());
                Simulator simulator = new Simulator(chosen);
                source.play(simulator.events(), simulator.size());
            } else {
                source.read(files, account.applyTo(input.options()));
            }
            Baseline baseline = learn(source, library, dictionary, allowed, output);
            output.notice(String.format(
                    Locale.ROOT,
                    "Wrote baseline %s to %s: %,d accounts, %,d account-days.",
                    baseline.name(),
                    target,
                    baseline.accounts(),
                    baseline.accountDays()));
            if (publish) {
                BaselineCommand.publish(stillwatch, baseline);
            }
            return source.status().code();
        }
    }

    private Baseline learn(
            HistoryFiles source,
            SignatureSet library,
            Dictionary dictionary,
            ErrorBudget allowed,
            TerminalOutput output) {
        History history = source.history();
        requireKnown(history, excluded);
        requireKnown(history, budget.honest());
        Verdicts verdicts = verdicts(history);
        Set<String> honest = new HashSet<>(budget.honest());
        honest.addAll(verdicts.honest());
        Set<String> leftOut = new HashSet<>(excluded);
        leftOut.addAll(verdicts.harvests());
        if (!keepSuspects) {
            Suspects suspects = new Suspects(source, dictionary, allowed.contamination(), honest);
            leftOut.addAll(suspects.accounts());
            suspects.tell(output);
        }
        int version = version();
        Calibration calibration = new Calibration(history, name -> !leftOut.contains(name));
        Baseline bare = ReferenceOptions.checked(() -> calibration.learn(id.orElseGet(this::nameOfFile), version));
        Optional<InjectedHarvests> harvests = budget.isWanted()
                ? Optional.of(new InjectedHarvests(
                        history,
                        source.firstMs(),
                        source.lastMs(),
                        bare.answers().byModel().keySet()))
                : Optional.empty();
        Set<String> guests = harvests.map(InjectedHarvests::accounts).orElseGet(Set::of);
        AccountDays learnedFrom = new AccountDays();
        AccountDays all = new AccountDays();
        Backtest backtest = source.again(
                library, new Reference(bare, dictionary), harvests.map(Guests.class::cast), (name, day) -> {
                    if (!guests.contains(name)) {
                        all.add(day);
                        if (!leftOut.contains(name)) {
                            learnedFrom.add(day);
                        }
                    }
                });
        Baseline unbudgeted = bare.with(learnedFrom);
        Baseline baseline = harvests.isPresent()
                ? budgeted(unbudgeted, backtest.strengths(), guests, kitsAmong(history, dictionary), verdicts, allowed)
                : unbudgeted;
        if (harvests.isEmpty()) {
            printShares(backtest, all.number(), library, output);
        }
        ReferenceOptions.checked(() -> {
            BaselineFile.write(target, baseline);
            return baseline;
        });
        return baseline;
    }

    /** Named as harvesters, or asking what known kits ask: neither honest nor a measure of what the budget costs. */
    private Set<String> kitsAmong(History history, Dictionary dictionary) {
        Set<String> neither = new HashSet<>(excluded);
        if (!keepSuspects) {
            neither.addAll(Suspects.ofKits(history, dictionary, Set.copyOf(budget.honest())));
        }
        return neither;
    }

    /** What analysts said that the command line says nothing else of; nothing unless it is asked for. */
    private Verdicts verdicts(History history) {
        if (!useVerdicts) {
            return Verdicts.NONE;
        }
        TriageDesk desk = new TriageDesk(stillwatch);
        Verdicts verdicts = Verdicts.of(
                        stillwatch.onCluster(desk::alerts).all(),
                        account -> history.accounts().contains(account) ? history.days(account) : Set.of())
                .but(excluded, budget.honest());
        verdicts.tell(stillwatch.output());
        return verdicts;
    }

    private Baseline budgeted(
            Baseline baseline,
            Strengths strengths,
            Set<String> guests,
            Set<String> neither,
            Verdicts verdicts,
            ErrorBudget allowed) {
        TerminalOutput output = stillwatch.output();
        Set<String> named = Set.copyOf(budget.honest());
        Set<String> honest = union(named, verdicts.honest());
        Set<String> harvests = union(guests, verdicts.harvests());
        Set<String> neitherNow = new HashSet<>(neither);
        neitherNow.removeAll(verdicts.honest());
        neitherNow.removeAll(verdicts.harvests());
        BudgetReport report = new BudgetPlan(strengths, allowed, harvests, honest, neitherNow).report();
        BudgetTables tables = new BudgetTables(report, allowed, output);
        tables.print();
        if (useVerdicts) {
            Verdicts.print(new BudgetPlan(strengths, allowed, guests, named, neither).report(), report, output);
        }
        if (budget.wantsCurve()) {
            BudgetTables.print(
                    new ContaminationCurve(strengths, allowed, guests, honest, union(neitherNow, verdicts.harvests())),
                    output);
        }
        tables.refusal(budget.blind()).ifPresent(why -> {
            throw new UserException(why, ExitStatus.FAILURE);
        });
        return baseline.with(report.bars());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static void requireKnown(History history, List<String> accounts) {
        accounts.forEach(account -> EnrollCommand.requireAccount(history, account));
    }

    private static void printShares(Backtest backtest, long accountDays, SignatureSet library, TerminalOutput output) {
        TextTable table = new TextTable("signature", "account-days", "flagged", "share");
        for (CompiledSignature compiled : library.signatures()) {
            if (compiled.signature().status().runs()) {
                long flagged = backtest.flagged(compiled.signature().id());
                table.row(
                        compiled.signature().id(),
                        String.format(Locale.ROOT, "%,d", accountDays),
                        String.format(Locale.ROOT, "%,d", flagged),
                        String.format(Locale.ROOT, "%.2f %%", 100.0 * flagged / Math.max(1, accountDays)));
            }
        }
        output.table(table);
    }

    private int version() {
        return Files.exists(target)
                ? ReferenceOptions.checked(() -> BaselineFile.read(target)).version() + 1
                : 1;
    }

    private String nameOfFile() {
        return target.getFileName().toString().replaceFirst("\\.json$", "");
    }
}

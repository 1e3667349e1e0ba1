package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.DictionaryFile;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.Mixture;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.HistoryFiles;
import io.stillwatch.runtime.HistoryMeans;
import io.stillwatch.runtime.UserException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Known harvesting kits in a dictionary. */
@Command(
        name = "kits",
        header = "List or change the known harvesting kits: vectors of their prompts, without text.",
        subcommands = {
            KitsCommand.ListKits.class,
            KitsCommand.Add.class,
            KitsCommand.Remove.class,
            KitsCommand.Export.class,
            KitsCommand.Import.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch kits list",
            "  stillwatch kits add self-instruct prompts.jsonl --dictionary dictionary.json",
            "  stillwatch kits export --dictionary dictionary.json --output shared.json"
        })
public final class KitsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    private static void requireKit(Dictionary dictionary, String name) {
        if (!dictionary.contains(Atom.Kind.KIT, name)) {
            throw new UserException(
                    "There is no kit named " + name + "; 'stillwatch kits list' names them.", ExitStatus.FAILURE);
        }
    }

    /** Shows them. */
    @Command(
            name = "list",
            header = "List kits and enrolled accounts.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch kits list --dictionary dictionary.json")
    static final class ListKits implements Callable<Integer> {
        @ParentCommand
        private KitsCommand kits;

        @Option(
                names = "--dictionary",
                paramLabel = "FILE",
                description = "The dictionary (default: the one that ships).")
        private Optional<Path> file = Optional.empty();

        @Override
        public Integer call() {
            Dictionary dictionary = ReferenceOptions.checked(
                    () -> file.map(DictionaryFile::read).orElseGet(DictionaryFile::bundled));
            TextTable table = new TextTable("kind", "name", "prompts", "source");
            for (Atom atom : dictionary.atoms()) {
                table.row(
                        atom.kind().id(),
                        atom.name(),
                        String.format(Locale.ROOT, "%,d", atom.mean().prompts()),
                        atom.source());
            }
            kits.stillwatch.output().table(table);
            return ExitStatus.OK.code();
        }
    }

    /** Learns one. */
    @Command(
            name = "add",
            header = "Learn a kit from logs of its prompts, or from the simulator's.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stillwatch kits add self-instruct prompts.jsonl --dictionary dictionary.json",
                "  stillwatch kits add case-17 logs.jsonl.gz --account a-17 --dictionary dictionary.json",
                "  stillwatch kits add all --simulate --dictionary dictionary.json"
            })
    static final class Add implements Callable<Integer> {
        @ParentCommand
        private KitsCommand kits;

        @Mixin
        private InputOptions input;

        @Parameters(
                index = "0",
                paramLabel = "NAME",
                description = "Name of the kit; a behaviour, or all of them, with" + " --simulate.")
        private String name;

        @Parameters(index = "1..*", paramLabel = "FILE", description = "Log files that hold the kit's prompts.")
        private List<String> files = List.of();

        @Option(names = "--dictionary", paramLabel = "FILE", required = true, description = "The dictionary to change.")
        private Path file;

        @Option(
                names = "--account",
                paramLabel = "ACCOUNT",
                split = ",",
                description = "Only these accounts' prompts. Repeatable.")
        private List<String> accounts = List.of();

        @Option(names = "--source", paramLabel = "TEXT", description = "Where the prompts come from (default: files).")
        private Optional<String> source = Optional.empty();

        @Option(names = "--simulate", description = "Take the simulator's prompts of the behaviour NAME, or all.")
        private boolean simulate;

        @Override
        public Integer call() {
            if (files.isEmpty() != simulate) {
                throw new UserException("Name log files of the kit's prompts, or --simulate.", ExitStatus.USAGE);
            }
            TerminalOutput output = kits.stillwatch.output();
            Dictionary dictionary = ReferenceOptions.toChange(file);
            ExitStatus status = ExitStatus.OK;
            if (simulate) {
                for (String behaviour : behaviours()) {
                    dictionary = dictionary.with(SimulatedKits.of(behaviour, output));
                }
            } else {
                try (HistoryFiles logs = HistoryFiles.of(output)) {
                    logs.read(files, input.options());
                    dictionary = dictionary.with(learned(logs.history()));
                    status = logs.status();
                }
            }
            ReferenceOptions.write(file, dictionary);
            output.notice(
                    "Wrote " + file + " with " + dictionary.atoms(Atom.Kind.KIT).size() + " kits.");
            return status.code();
        }

        private List<String> behaviours() {
            List<String> known = SimulatedKits.names();
            if (name.equals("all")) {
                return known;
            }
            if (!known.contains(name)) {
                throw new UserException(
                        "The simulator has no kit " + name + "; it has " + String.join(", ", known) + ", or all.",
                        ExitStatus.USAGE);
            }
            return List.of(name);
        }

        private Atom learned(History history) {
            Collection<String> chosen = accounts.isEmpty() ? history.accounts() : accounts;
            for (String account : chosen) {
                EnrollCommand.requireAccount(history, account);
            }
            PromptMean mean = HistoryMeans.of(history, chosen)
                    .filter(prompts -> prompts.prompts() >= Mixture.LEAST_PROMPTS)
                    .orElseThrow(() -> new UserException(
                            "A kit takes " + Mixture.LEAST_PROMPTS + " prompts or more; give logs with more of them.",
                            ExitStatus.FAILURE));
            return new Atom(Atom.Kind.KIT, name, source.orElseGet(() -> String.join(" ", files)), mean);
        }
    }

    /** Forgets some. */
    @Command(
            name = "remove",
            header = "Take kits out.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch kits remove self-instruct --dictionary dictionary.json")
    static final class Remove implements Callable<Integer> {
        @ParentCommand
        private KitsCommand kits;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of kits.")
        private List<String> names;

        @Option(names = "--dictionary", paramLabel = "FILE", required = true, description = "The dictionary to change.")
        private Path file;

        @Override
        public Integer call() {
            Dictionary dictionary = ReferenceOptions.toChange(file);
            for (String name : names) {
                requireKit(dictionary, name);
                dictionary = dictionary.without(Atom.Kind.KIT, name);
            }
            ReferenceOptions.write(file, dictionary);
            kits.stillwatch.output().notice("Removed " + names.size() + " kits from " + file + ".");
            return ExitStatus.OK.code();
        }
    }

    /** Gives some to others. */
    @Command(
            name = "export",
            header = "Write kits, and no enrolled accounts, to a file to share.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch kits export case-17 --dictionary dictionary.json --output shared.json")
    static final class Export implements Callable<Integer> {
        @ParentCommand
        private KitsCommand kits;

        @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of kits (default: all).")
        private List<String> names = List.of();

        @Option(names = "--dictionary", paramLabel = "FILE", required = true, description = "The dictionary to read.")
        private Path file;

        @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file to write.")
        private Path target;

        @Override
        public Integer call() {
            OutputFile.check(List.of(target), List.of(file));
            Dictionary dictionary = ReferenceOptions.checked(() -> DictionaryFile.read(file));
            for (String name : names) {
                requireKit(dictionary, name);
            }
            List<Atom> chosen = dictionary.atoms(Atom.Kind.KIT).stream()
                    .filter(atom -> names.isEmpty() || names.contains(atom.name()))
                    .toList();
            ReferenceOptions.write(target, Dictionary.of(chosen));
            kits.stillwatch.output().notice("Wrote " + chosen.size() + " kits to " + target + ".");
            return ExitStatus.OK.code();
        }
    }

    /** Takes some from others. */
    @Command(
            name = "import",
            header = "Take in the kits of another dictionary; one of the same name is replaced.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch kits import shared.json --dictionary dictionary.json")
    static final class Import implements Callable<Integer> {
        @ParentCommand
        private KitsCommand kits;

        @Parameters(paramLabel = "FILE", description = "The dictionary with the kits.")
        private Path from;

        @Option(names = "--dictionary", paramLabel = "FILE", required = true, description = "The dictionary to change.")
        private Path file;

        @Override
        public Integer call() {
            List<Atom> taken =
                    ReferenceOptions.checked(() -> DictionaryFile.read(from)).atoms(Atom.Kind.KIT);
            Dictionary dictionary = ReferenceOptions.toChange(file);
            for (Atom atom : taken) {
                dictionary = dictionary.with(atom);
            }
            ReferenceOptions.write(file, dictionary);
            kits.stillwatch.output().notice("Took " + taken.size() + " kits into " + file + ".");
            return ExitStatus.OK.code();
        }
    }
}

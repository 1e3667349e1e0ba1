package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.baseline.Reference;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.HistoryFiles;
import io.stillwatch.runtime.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Vouches for accounts. */
@Command(
        name = "enroll",
        header = "Vouch for accounts: what their history holds is theirs to ask.",
        description = {
            "An enrolment holds for its own account alone, and only for what its history contains.",
            "--auto vouches for nobody's word: it enrolls accounts that were active on " + CleanPasts.LEAST_DAYS
                    + " days, that no signature found, that do not ask what known kits ask and that asked the same from"
                    + " first to last; for half as much again as on their busiest day, and for " + CleanPasts.TERM_DAYS
                    + " days of event time. A past that was kept clean to harvest afterwards so buys neither volume, nor"
                    + " other subjects, nor much time; a turn from it is found all the same."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch enroll a-81 a-82 --history october.jsonl.gz --dictionary dictionary.json",
            "  stillwatch enroll --auto --history october.jsonl.gz --dictionary dictionary.json",
            "  stillwatch enroll --revoke a-81 --dictionary dictionary.json"
        })
public final class EnrollCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption account;

    @Mixin
    private SignatureOption signatures;

    @Parameters(paramLabel = "ACCOUNT", arity = "0..*", description = "Accounts to vouch for.")
    private List<String> accounts = List.of();

    @Option(names = "--history", paramLabel = "FILE", arity = "1..*", description = "Log files of the accounts' past.")
    private List<String> files = List.of();

    @Option(names = "--dictionary", paramLabel = "FILE", required = true, description = "The dictionary to change.")
    private Path file;

    @Option(
            names = "--auto",
            description = "Enroll every account with " + CleanPasts.LEAST_DAYS
                    + " active days of clean and steady history, on terms.")
    private boolean auto;

    @Option(names = "--revoke", description = "Take the accounts out again.")
    private boolean revoke;

    @Override
    public Integer call() {
        Dictionary dictionary = ReferenceOptions.toChange(file);
        if (revoke) {
            return revoke(dictionary);
        }
        if (auto != accounts.isEmpty() || files.isEmpty()) {
            throw new UserException(
                    "Name the accounts to enroll, or --auto, and their logs with --history.", ExitStatus.USAGE);
        }
        try (HistoryFiles source = auto
                ? HistoryFiles.of(stillwatch.output(), signatures.load(), judge(dictionary))
                : HistoryFiles.of(stillwatch.output())) {
            source.read(files, account.applyTo(input.options()));
            enroll(source, dictionary);
            return source.status().code();
        }
    }

    private void enroll(HistoryFiles source, Dictionary before) {
        Dictionary dictionary = before;
        History history = source.history();
        List<Atom> chosen = new ArrayList<>();
        if (auto) {
            CleanPasts pasts =
                    new CleanPasts(history, source.suspects().keySet(), Suspects.ofKits(history, before, Set.of()));
            chosen.addAll(pasts.atoms());
            pasts.tell(stillwatch.output());
        }
        for (String account : accounts) {
            requireAccount(history, account);
            chosen.add(new Atom(Atom.Kind.ENROLLED, account, "enrolled", mean(history, account)));
        }
        for (Atom atom : chosen) {
            dictionary = dictionary.with(atom);
        }
        ReferenceOptions.write(file, dictionary);
        stillwatch.output().notice("Enrolled " + chosen.size() + " accounts in " + file + ".");
    }

    private int revoke(Dictionary dictionary) {
        if (accounts.isEmpty() || auto || !files.isEmpty()) {
            throw new UserException("--revoke takes the accounts to take out, and nothing else.", ExitStatus.USAGE);
        }
        Dictionary fewer = dictionary;
        for (String account : accounts) {
            if (!fewer.contains(Atom.Kind.ENROLLED, account)) {
                throw new UserException(
                        "The account " + account + " is not enrolled in " + file + ".", ExitStatus.FAILURE);
            }
            fewer = fewer.without(Atom.Kind.ENROLLED, account);
        }
        ReferenceOptions.write(file, fewer);
        stillwatch.output().notice("Revoked " + accounts.size() + " accounts in " + file + ".");
        return ExitStatus.OK.code();
    }

    static void requireAccount(History history, String account) {
        if (!history.accounts().contains(account)) {
            throw new UserException(
                    "The account " + account + " is not in the logs given; check its name.", ExitStatus.FAILURE);
        }
    }

    /** What signatures judge the history by: kits that are known, and no enrolment, as none may vouch for its own renewal. */
    private static Reference judge(Dictionary dictionary) {
        return new Reference(BaselineFile.bundled(), Dictionary.of(dictionary.atoms(Atom.Kind.KIT)));
    }

    private static PromptMean mean(History history, String account) {
        return history.whole(account)
                .promptMean()
                .filter(mean -> mean.prompts() >= OwnBaseline.LEAST_PROMPTS)
                .orElseThrow(() -> new UserException(
                        "The account " + account + " has fewer than " + OwnBaseline.LEAST_PROMPTS
                                + " prompts in the logs given; give more of its history.",
                        ExitStatus.FAILURE));
    }
}

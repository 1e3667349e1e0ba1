package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Atom;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
        description = "An enrolment holds for its own account alone, and only for what its history contains.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch enroll a-81 a-82 --history october.jsonl.gz --dictionary dictionary.json",
            "  stillwatch enroll --auto --history october.jsonl.gz --dictionary dictionary.json",
            "  stillwatch enroll --revoke a-81 --dictionary dictionary.json"
        })
public final class EnrollCommand implements Callable<Integer> {
    private static final int AUTO_DAYS = 14;

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
            description = "Enroll every account with " + AUTO_DAYS + " days of history that no signature has flagged.")
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
                ? HistoryFiles.of(stillwatch.output(), signatures.load(), Reference.bundled())
                : HistoryFiles.of(stillwatch.output())) {
            source.read(files, account.applyTo(input.options()));
            enroll(source, dictionary);
            return source.status().code();
        }
    }

    private void enroll(HistoryFiles source, Dictionary before) {
        Dictionary dictionary = before;
        History history = source.history();
        List<String> chosen = auto ? clean(source) : accounts;
        for (String account : chosen) {
            requireAccount(history, account);
            dictionary = dictionary.with(
                    new Atom(Atom.Kind.ENROLLED, account, auto ? "clean history" : "enrolled", mean(history, account)));
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

    private static PromptMean mean(History history, String account) {
        return promptMean(history, account)
                .orElseThrow(() -> new UserException(
                        "The account " + account + " has fewer than " + OwnBaseline.LEAST_PROMPTS
                                + " prompts in the logs given; give more of its history.",
                        ExitStatus.FAILURE));
    }

    private static Optional<PromptMean> promptMean(History history, String account) {
        return history.whole(account).promptMean().filter(mean -> mean.prompts() >= OwnBaseline.LEAST_PROMPTS);
    }

    private static List<String> clean(HistoryFiles source) {
        History history = source.history();
        Set<String> flagged = source.suspects().keySet();
        List<String> clean = new ArrayList<>();
        for (String account : history.accounts()) {
            Set<Long> days = history.days(account);
            boolean old = Collections.max(days) - Collections.min(days) + 1 >= AUTO_DAYS;
            if (old
                    && !flagged.contains(account)
                    && promptMean(history, account).isPresent()) {
                clean.add(account);
            }
        }
        return clean;
    }
}

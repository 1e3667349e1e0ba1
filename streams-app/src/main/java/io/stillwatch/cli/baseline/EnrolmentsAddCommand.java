package io.stillwatch.cli.baseline;

import io.stillwatch.account.EnrolmentTrial;
import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.Expiry;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.fingerprint.Fingerprinter;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.replay.EnrolmentReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.HistoryFiles;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Vouches for an account. */
@Command(
        name = "add",
        header = "Vouch for an account; one that it has already is replaced.",
        description =
                "What it will ask is learned from example prompts, a line each, or from logs of its past. Their mean is"
                        + " kept and published, and no text. Before that it says what the enrolment would have changed:"
                        + " whether the account kept to it, and what signatures would have found without it and with it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch enrolments add acct-81 --examples prompts.txt --subject 'bank support' \\",
            "      --requests-a-day 4000 --end-users 600 --expires P90D --reason 'contract 2211'",
            "  stillwatch enrolments add acct-81 --history october.jsonl.gz --subject 'bank support' \\",
            "      --requests-a-day 4000 --expires 2027-06-30 --reason 'contract 2211'",
            "  stillwatch enrolments add acct-81 --examples prompts.txt --subject 'bank support' \\",
            "      --requests-a-day 4000 --expires P90D --reason 'contract 2211' --try-on october.jsonl.gz --dry-run"
        })
final class EnrolmentsAddCommand implements Callable<Integer> {
    /** Fewer say too little of what will be asked. */
    private static final int LEAST_EXAMPLES = 50;

    @ParentCommand
    private EnrolmentsCommand parent;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption names;

    @Parameters(paramLabel = "ACCOUNT", description = "The account, as its requests name it.")
    private String account;

    @Option(
            names = "--examples",
            paramLabel = "FILE",
            description =
                    "What it will ask: a text file with an example prompt a line, " + LEAST_EXAMPLES + " or more.")
    private Optional<Path> examples = Optional.empty();

    @Option(names = "--history", paramLabel = "FILE", arity = "1..*", description = "Or log files of its past.")
    private List<String> history = List.of();

    @Option(
            names = "--subject",
            paramLabel = "TEXT",
            required = true,
            description = "What it asks about, in words for alerts.")
    private String subject;

    @Option(
            names = "--requests-a-day",
            paramLabel = "N",
            required = true,
            description =
                    "How many requests a day were agreed on. While there are more than half as many again, nothing is"
                            + " vouched for.")
    private long requestsADay;

    @Option(
            names = "--end-users",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How many end users were agreed on; the same holds for more of them (default: not agreed on).")
    private long endUsers;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            required = true,
            description =
                    "When it lapses, by event time: a day, a moment, or an ISO-8601 duration from now such as P90D.")
    private String expires;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, such as the contract.")
    private String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who vouches (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--try-on",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Log files of the account to try the enrolment on before it is published (default: what the"
                    + " pipeline keeps of it).")
    private List<String> tryOn = List.of();

    @Option(names = "--dry-run", description = "Only say what it would have changed; publish nothing.")
    private boolean dryRun;

    @Option(names = "--untried", description = "Publish it without trying it first.")
    private boolean untried;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Override
    public Integer call() {
        if (untried && (dryRun || !tryOn.isEmpty())) {
            throw new UserException("Give --untried, or --try-on and --dry-run.", ExitStatus.USAGE);
        }
        if (examples.isPresent() != history.isEmpty()) {
            throw new UserException(
                    "Give example prompts with --examples, or logs of the account's past with --history.",
                    ExitStatus.USAGE);
        }
        long nowMs = Instant.now().toEpochMilli();
        long expiresMs = Expiry.parse(expires, nowMs);
        String who = parent.by(by);
        PromptMean mean = examples.map(EnrolmentsAddCommand::ofExamples).orElseGet(this::ofHistory);
        String source = examples.isPresent() ? "example prompts" : "history";
        Enrolment enrolment = ReferenceOptions.checked(() -> new Enrolment(
                new Atom(Atom.Kind.ENROLLED, account, source, mean),
                subject,
                requestsADay,
                endUsers,
                expiresMs,
                reason,
                who,
                nowMs));
        if (dryRun) {
            parent.stillwatch().onCluster(connection -> {
                tried(connection, parent.known(connection), enrolment);
                return enrolment;
            });
            parent.stillwatch().output().line("Nothing was published.");
            return ExitStatus.OK.code();
        }
        boolean known = parent.stillwatch().onCluster(connection -> publish(connection, enrolment));
        parent.stillwatch()
                .output()
                .line((known ? "changed " : "enrolled ") + account + " until " + Figures.minute(expiresMs)
                        + " by the mean of " + Figures.counted(mean.prompts(), "prompt"));
        return ExitStatus.OK.code();
    }

    /** Publishes it where the pipeline will take it, and looks whether it has; whether it takes another's place. */
    private boolean publish(Connection connection, Enrolment enrolment) {
        EnrolmentReader.Published before = parent.known(connection);
        before.with(enrolment).whyNot(enrolment).ifPresent(why -> {
            throw new UserException(
                    "The enrolment of " + Printable.escape(account) + " would not be in effect: " + why + ".",
                    ExitStatus.FAILURE);
        });
        if (!untried) {
            tried(connection, before, enrolment);
        }
        parent.change(
                connection,
                account,
                enrolment.by(),
                "Enrolled until " + Figures.minute(enrolment.expiresMs()) + " for " + subject + ", "
                        + Figures.counted(requestsADay, "request") + " a day: " + reason,
                publisher -> publisher.publish(enrolment));
        parent.known(connection).whyNot(enrolment).ifPresent(why -> {
            throw new UserException(
                    "The enrolment of " + Printable.escape(account) + " was written and is not in effect: " + why
                            + "; see 'stillwatch enrolments list'.",
                    ExitStatus.FAILURE);
        });
        return before.inEffect().containsKey(account);
    }

    /** Says what it would have changed. */
    private void tried(Connection connection, EnrolmentReader.Published published, Enrolment enrolment) {
        EnrolmentTrials trials = new EnrolmentTrials(
                parent.stillwatch(), connection, signatures.load(), reference.load(), published.inEffect(), enrolment);
        EnrolmentTrial trial =
                tryOn.isEmpty() ? trials.onTopic() : trials.onLogs(tryOn, names.applyTo(input.options()));
        new EnrolmentPreview(trial, enrolment, parent.stillwatch().output())
                .print(tryOn.isEmpty() ? "what the pipeline keeps" : "the logs given");
    }

    private static PromptMean ofExamples(Path file) {
        Fingerprinter fingerprinter = new Fingerprinter();
        Profile profile = new Profile();
        for (String prompt : lines(file)) {
            if (!prompt.isBlank()) {
                RequestEvent event = new RequestEvent();
                event.setEventId("example");
                event.setAccountId("example");
                event.setPrompt(prompt);
                profile.add(fingerprinter.fingerprint(event));
            }
        }
        return profile.promptMean()
                .filter(mean -> mean.prompts() >= LEAST_EXAMPLES)
                .orElseThrow(() -> new UserException(
                        "The file " + file + " has fewer than " + LEAST_EXAMPLES
                                + " example prompts; give more, a line each.",
                        ExitStatus.FAILURE));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UserException(
                    "The file " + file + " cannot be read as UTF-8 text; check its name.", ExitStatus.FAILURE, e);
        }
    }

    private PromptMean ofHistory() {
        try (HistoryFiles source = HistoryFiles.of(parent.stillwatch().output())) {
            source.read(history, names.applyTo(input.options()));
            EnrollCommand.requireAccount(source.history(), account);
            return source.history()
                    .whole(account)
                    .promptMean()
                    .filter(mean -> mean.prompts() >= OwnBaseline.LEAST_PROMPTS)
                    .orElseThrow(() -> new UserException(
                            "The account " + account + " has fewer than " + OwnBaseline.LEAST_PROMPTS
                                    + " prompts in the logs given; give more of its history, or --examples.",
                            ExitStatus.FAILURE));
        }
    }
}

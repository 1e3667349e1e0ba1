package io.stillwatch.cli.decisions;

import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.control.TriagePublisher;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Takes decisions back. */
@Command(
        name = "lift",
        header = "Take decisions back: all of them, or those of an alert, a signature, an account or a span of time.",
        description = {
            "A running pipeline takes the order up within a second. What several options name must all apply.",
            "An alert whose decisions were lifted decides again when it is opened again, becomes more severe or rests on"
                    + " a signature that it did not rest on before. New alerts decide as before: to stop a bad signature,"
                    + " disable it too, with 'stillwatch signatures disable ID'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch decisions lift --all --by ann --reason 'a bad signature'",
            "  stillwatch decisions lift --signature bulk-harvest --since 2026-11-24T10:00:00Z --by ann --reason '…'",
            "  stillwatch decisions lift --account acct-81 --by ann --reason 'our own load test'"
        })
final class DecisionsLiftCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @ParentCommand
    private DecisionsCommand decisions;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Which which;

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who takes them back; kept for good.")
    private String by;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept for good.")
    private String reason;

    /** Which decisions are meant. */
    private static final class Which {
        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Option(names = "--alert", paramLabel = "ID", description = "Those that rest on this alert.")
        private Optional<String> alert = Optional.empty();

        @Option(
                names = "--signature",
                completionCandidates = SignatureIds.class,
                paramLabel = "ID",
                description = "Those whose alert rests on this signature.")
        private Optional<String> signature = Optional.empty();

        @Option(names = "--account", paramLabel = "ID", description = "Those about this account.")
        private Optional<String> account = Optional.empty();

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "Those made since then by event time, such as 2026-11-24T10:00:00Z.")
        private Optional<String> since = Optional.empty();
    }

    @Override
    public Integer call() {
        TriageRecord order = order();
        return decisions.onCluster(connection -> lift(connection, order)).code();
    }

    private TriageRecord order() {
        boolean narrowed = which.alert.isPresent()
                || which.signature.isPresent()
                || which.account.isPresent()
                || which.since.isPresent();
        if (which.all && narrowed) {
            throw new UserException("--all lifts everything; leave it out to lift less.", ExitStatus.USAGE);
        }
        if (by.isBlank() || reason.isBlank()) {
            throw new UserException(
                    "--by and --reason must say something: they are the audit trail.", ExitStatus.USAGE);
        }
        return TriageRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTime(Instant.now().toEpochMilli())
                .setBy(by)
                .setReason(reason)
                .setAction(TriageAction.LIFT)
                .setAlertId(which.alert.orElse(null))
                .setSignatureId(which.signature.orElse(null))
                .setEntityType(which.account.isPresent() ? "account" : null)
                .setEntityId(which.account.orElse(null))
                .setSince(which.since.map(DecisionsLiftCommand::time).orElse(null))
                .build();
    }

    private static Long time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new UserException(
                    "--since is a time such as 2026-11-24T10:00:00Z, not '" + Printable.escape(text) + "'.",
                    ExitStatus.USAGE,
                    e);
        }
    }

    private ExitStatus lift(Connection connection, TriageRecord order) {
        Topics topics = decisions.topics();
        Set<String> meant = meant(connection, order);
        RunningCluster.ensure(connection, topics, topics.triage());
        try (TriagePublisher publisher =
                new TriagePublisher(topics, decisions.serdes(), connection.producerProperties())) {
            publisher.record(order);
        }
        if (meant.isEmpty()) {
            decisions
                    .output()
                    .notice("No decision that gateways know fits; the order is kept, and holds for alerts that"
                            + " are open now.");
            return ExitStatus.OK;
        }
        Set<String> left = left(connection, order, meant);
        decisions.output().line("lifted " + Figures.counted(meant.size() - left.size(), "decision"));
        if (left.isEmpty()) {
            return ExitStatus.OK;
        }
        decisions
                .output()
                .error(
                        "The order is given, but " + Figures.counted(left.size(), "decision")
                                + " still counts after " + PATIENCE.toSeconds()
                                + " seconds; it is carried out as soon as the pipeline runs: check that 'stillwatch run' does.");
        return ExitStatus.FAILURE;
    }

    private Set<String> left(Connection connection, TriageRecord order, Set<String> meant) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<String> left = new TreeSet<>(meant);
        while (true) {
            left.retainAll(meant(connection, order));
            if (left.isEmpty() || System.nanoTime() > deadline) {
                return left;
            }
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** Accounts with a decision that the order is about. */
    private Set<String> meant(Connection connection, TriageRecord order) {
        return decisions
                .read(connection, account -> order.getEntityId() == null || account.equals(order.getEntityId()))
                .values()
                .stream()
                .filter(decision -> fits(order, decision))
                .map(Decision::getAccountId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean fits(TriageRecord order, Decision decision) {
        return (order.getAlertId() == null || order.getAlertId().equals(decision.getAlertId()))
                && (order.getSignatureId() == null || decision.getSignatureIds().contains(order.getSignatureId()))
                && (order.getSince() == null || decision.getDecidedAt() >= order.getSince());
    }
}

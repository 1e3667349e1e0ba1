package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Enrolment;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.alerts.TriageDesk;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.EnrolmentReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.control.EnrolmentPublisher;
import io.stillwatch.topology.control.TriagePublisher;
import io.stillwatch.topology.topics.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Vouching by record of a contract, in a running pipeline. */
@Command(
        name = "enrolments",
        header = "Vouch for accounts of a running pipeline by record of a contract, list that, take it back.",
        description = {
            "An enrolment holds for its own account, for prompts like its examples, for the volume and the end users that"
                    + " were agreed on, and until it lapses by event time. It never covers what known kits ask, nor a turn"
                    + " from the account's own past.",
            "A running pipeline takes it up within seconds; accounts are judged by it from their next look on. Who vouched"
                    + " and why is on the triage topic, the audit trail."
        },
        subcommands = {EnrolmentsAddCommand.class, EnrolmentsCommand.Listing.class, EnrolmentsCommand.Revoke.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch enrolments add acct-81 --examples prompts.txt --subject 'bank support' \\",
            "      --requests-a-day 4000 --end-users 600 --expires P90D --reason 'contract 2211'",
            "  stillwatch enrolments list",
            "  stillwatch enrolments revoke acct-81 --reason 'contract ended'"
        })
public final class EnrolmentsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    Stillwatch stillwatch() {
        return stillwatch;
    }

    String by(Optional<String> named) {
        return new TriageDesk(stillwatch).by(named);
    }

    EnrolmentReader.Published known(Connection connection) {
        return EnrolmentReader.published(stillwatch.settings().topics(), connection.clientProperties(Map.of()));
    }

    /** Notes it in the audit trail and does it. */
    void change(Connection connection, String account, String by, String what, Consumer<EnrolmentPublisher> change) {
        Topics topics = stillwatch.settings().topics();
        RunningCluster.ensure(connection, topics, topics.enrolments());
        TriageRecord line = TriageRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTime(Instant.now().toEpochMilli())
                .setBy(by)
                .setAction(TriageAction.NOTE)
                .setEntityType("account")
                .setEntityId(account)
                .setReason(
                        what.length() > Enrolment.LONGEST_REASON ? what.substring(0, Enrolment.LONGEST_REASON) : what)
                .build();
        try (TriagePublisher trail = new TriageDesk(stillwatch).publisher(connection);
                EnrolmentPublisher publisher = new EnrolmentPublisher(topics, connection.producerProperties())) {
            trail.record(line);
            change.accept(publisher);
        }
    }

    @Command(
            name = "list",
            header = "Show who is vouched for, for what, until when, by whom and why.",
            footerHeading = "%nExamples:%n",
            footer = {"  stillwatch enrolments list", "  stillwatch enrolments list --output json"})
    static final class Listing implements Callable<Integer> {
        @ParentCommand
        private EnrolmentsCommand parent;

        @Mixin
        private OutputOption format;

        @Override
        public Integer call() {
            EnrolmentReader.Published published = parent.stillwatch.onCluster(parent::known);
            Map<String, Enrolment> all = new TreeMap<>(published.inEffect());
            TextTable table =
                    new TextTable("account", "subject", "requests a day", "end users", "until", "by", "reason");
            for (Enrolment enrolment : all.values()) {
                if (format.isJson()) {
                    parent.stillwatch.output().line(OutputOption.json(values(enrolment)));
                } else {
                    table.row(
                            enrolment.account(),
                            enrolment.subject(),
                            Figures.count(enrolment.requestsADay()),
                            enrolment.endUsers() == 0 ? "-" : Figures.count(enrolment.endUsers()),
                            Figures.minute(enrolment.expiresMs()),
                            enrolment.by(),
                            enrolment.reason());
                }
            }
            if (!format.isJson()) {
                parent.stillwatch.output().table(table);
            }
            published
                    .idle()
                    .forEach((key, why) -> parent.stillwatch
                            .output()
                            .notice("The record of " + Printable.escape(key) + " vouches for nobody: " + why
                                    + "; 'stillwatch enrolments revoke' takes it away."));
            return ExitStatus.OK.code();
        }

        private static Map<String, Object> values(Enrolment enrolment) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("account", enrolment.account());
            values.put("subject", enrolment.subject());
            values.put("prompts", enrolment.asks().mean().prompts());
            values.put("requests_a_day", enrolment.requestsADay());
            values.put("end_users", enrolment.endUsers());
            values.put("expires_at", Instant.ofEpochMilli(enrolment.expiresMs()).toString());
            values.put("by", enrolment.by());
            values.put("reason", enrolment.reason());
            values.put("added_at", Instant.ofEpochMilli(enrolment.addedMs()).toString());
            return values;
        }
    }

    @Command(
            name = "revoke",
            header = "Take an enrolment back.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stillwatch enrolments revoke acct-81 --reason 'contract ended'",
                "  stillwatch enrolments revoke --idle --reason 'unreadable'"
            })
    static final class Revoke implements Callable<Integer> {
        @ParentCommand
        private EnrolmentsCommand parent;

        @Parameters(paramLabel = "ACCOUNT", arity = "0..1", description = "The account, as its requests name it.")
        private Optional<String> account = Optional.empty();

        @Option(
                names = "--idle",
                description = "Instead take away all records that vouch for nobody, as 'list' names them.")
        private boolean idle;

        @Option(names = "--by", paramLabel = "NAME", description = "Who takes it back (default: the user).")
        private Optional<String> by = Optional.empty();

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the audit trail.")
        private String reason;

        @Override
        public Integer call() {
            if (idle == account.isPresent()) {
                throw new UserException("Name the account, or --idle.", ExitStatus.USAGE);
            }
            String who = parent.by(by);
            List<String> revoked = parent.stillwatch.onCluster(connection -> {
                EnrolmentReader.Published published = parent.known(connection);
                List<String> keys = account.map(List::of)
                        .orElseGet(() -> List.copyOf(published.idle().keySet()));
                account.filter(named -> !published.holds(named)).ifPresent(named -> {
                    throw new UserException(
                            "The account " + Printable.escape(named)
                                    + " has no enrolment in the pipeline; 'stillwatch enrolments list'"
                                    + " names those that have.",
                            ExitStatus.FAILURE);
                });
                keys.forEach(key -> parent.change(
                        connection, key, who, "Enrolment revoked: " + reason, publisher -> publisher.revoke(key)));
                return keys;
            });
            revoked.forEach(key -> parent.stillwatch.output().line("revoked " + Printable.escape(key)));
            if (revoked.isEmpty()) {
                parent.stillwatch.output().notice("Every record vouches for somebody; nothing was revoked.");
            }
            return ExitStatus.OK.code();
        }
    }
}

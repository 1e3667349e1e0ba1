package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.LogFiles;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.RequestReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.text.Figures;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The requests that an alert is about. */
@Command(
        name = "requests",
        header = "Find the requests that an alert is about again, in log files or on the requests topic.",
        description = {
            "Prints them as native JSON lines, text included: those of the alert's account, or of its campaign's accounts,"
                    + " from its first event to its newest step.",
            "The requests topic keeps its records for some days only; the logs have the rest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch alerts requests al-5d2f0a9b31c4e687 --examples",
            "  stillwatch alerts requests acct-81 logs/2026-11-*.jsonl.gz > evidence.jsonl"
        })
final class AlertsRequestsCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(index = "0", paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Parameters(
            index = "1..*",
            paramLabel = "FILE",
            arity = "0..*",
            description = "Log files, folders of them, or globs (default: the requests topic).")
    private List<String> files = List.of();

    @Option(names = "--examples", description = "Only the requests that the alert names as examples.")
    private boolean examples;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption account;

    @Override
    public Integer call() {
        TriageDesk desk = alerts.desk();
        IngestOptions wanted = account.applyTo(input.options(alerts.settings().dataDirectory()));
        long found = desk.onCluster(connection -> {
            KnownAlerts known = desk.alerts(connection);
            Alert alert = known.named(id)
                    .orElseThrow(() -> UnknownAlert.of(id, known))
                    .newest();
            Predicate<RequestEvent> about = about(alert);
            return files.isEmpty() ? onTopic(desk, connection, about) : inFiles(wanted, about);
        });
        if (found == 0) {
            throw new UserException(
                    "None of its requests is "
                            + (files.isEmpty()
                                    ? "on the requests topic any more; name log files"
                                    : "in these files; name others, or leave them out to look on the requests topic")
                            + ".",
                    ExitStatus.FAILURE);
        }
        desk.output().notice(Figures.counted(found, "request") + " found.");
        return ExitStatus.OK.code();
    }

    private Predicate<RequestEvent> about(Alert alert) {
        Set<String> ids = Set.copyOf(alert.getExampleEventIds());
        Set<String> accounts = new HashSet<>(
                alert.getEntityType().equals("account") ? List.of(alert.getEntityId()) : alert.getLinkedAccounts());
        return event -> accounts.contains(event.getAccountId())
                && event.getEventTime() >= alert.getFirstEventTime()
                && event.getEventTime() <= alert.getTime()
                && (!examples || ids.contains(event.getEventId()));
    }

    private static long onTopic(TriageDesk desk, Connection connection, Predicate<RequestEvent> about) {
        TerminalOutput output = desk.output();
        return RequestReader.read(
                desk.topics(),
                desk.serdes(),
                connection.clientProperties(Map.of()),
                about,
                event -> output.line(RequestEventJson.write(event)));
    }

    private long inFiles(IngestOptions wanted, Predicate<RequestEvent> about) {
        long found = 0;
        try (LogFiles log = LogFiles.open(files, wanted)) {
            while (log.hasNext()) {
                if (log.next() instanceof Ingested.Accepted accepted && about.test(accepted.event())) {
                    found++;
                    alerts.output().line(RequestEventJson.write(accepted.event()));
                }
            }
            log.failures().forEach(alerts.output()::error);
            return found;
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
    }
}

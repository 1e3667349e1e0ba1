package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Choices;
import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.Severities;
import io.stillwatch.cli.option.SignatureIds;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.FoldedAlerts;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.text.Ago;
import io.stillwatch.text.Figures;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The alerts, the worst first. */
@Command(
        name = "list",
        header = "List alerts as they stand, the worst first.",
        description = {
            "updated: event time of the newest step; age, on a terminal: how long ago that was by this machine's clock.",
            "verdict: what an analyst said it turned out to be; 'was …' where that was before it was opened again.",
            "signatures: those among its findings, strongest first; on a terminal the strongest and how many more.",
            "One campaign is one alert: those of its members are counted with it, --members lists them too."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch alerts list",
            "  stillwatch alerts list --state all --signature logprob-harvest --since 2026-05-01",
            "  stillwatch alerts list --severity high --output json",
            "  stillwatch alerts list --watch"
        })
final class AlertsListCommand implements Callable<Integer> {
    private static final String[] COLUMNS = {
        "id",
        "state",
        "severity",
        "score",
        "entity",
        "opened",
        "updated",
        "age",
        "requests",
        "acknowledged",
        "verdict",
        "signatures"
    };
    private static final Duration WATCH_POLL = Duration.ofMillis(500);
    private static final Comparator<KnownAlerts.Known> WORST_FIRST = Comparator.comparing(
                    (KnownAlerts.Known known) -> !known.isOpen())
            .thenComparing(Comparator.comparingInt((KnownAlerts.Known known) ->
                            Severities.rank(known.newest().getSeverity()))
                    .reversed())
            .thenComparing(Comparator.comparingDouble(
                            (KnownAlerts.Known known) -> known.newest().getScore())
                    .reversed())
            .thenComparing(known -> known.newest().getEntityId())
            .thenComparing(known -> known.newest().getAlertId());

    @ParentCommand
    private AlertsCommand alerts;

    @Option(
            names = "--state",
            completionCandidates = Choices.OfState.class,
            paramLabel = "STATE",
            defaultValue = "open",
            description = "open, closed or all (default: ${DEFAULT-VALUE}).")
    private String state;

    @Option(
            names = "--severity",
            completionCandidates = Choices.OfSeverity.class,
            paramLabel = "SEVERITY",
            description = "Only those of this severity or a higher one: informational, low, medium, high or critical.")
    private Optional<String> severity = Optional.empty();

    @Option(names = "--entity", paramLabel = "ID", description = "Only that of an account or campaign.")
    private Optional<String> entity = Optional.empty();

    @Option(
            names = "--signature",
            completionCandidates = SignatureIds.class,
            paramLabel = "ID",
            description = "Only those that ever had a finding of it.")
    private Optional<String> signature = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those with a step since a day (2026-05-04) or moment of event time.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many to list at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--members",
            description = "Also list the alerts of accounts that belong to a campaign in the list.")
    private boolean members;

    @Option(names = "--watch", description = "Show the list again whenever it changes, until Ctrl-C.")
    private boolean watch;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        if (limit < 1) {
            throw new UserException("--limit is 1 or more, not " + limit + ".", ExitStatus.USAGE);
        }
        Predicate<KnownAlerts.Known> wanted = wanted();
        TriageDesk desk = alerts.desk();
        if (watch) {
            return desk.onCluster(connection -> watch(desk, connection, wanted, json));
        }
        Read read = desk.onCluster(connection -> {
            RunningCluster.requirePipeline(connection, desk.topics());
            return new Read(desk.alerts(connection).all(), members(desk, connection));
        });
        show(read, wanted, json);
        return ExitStatus.OK.code();
    }

    private List<CampaignMember> members(TriageDesk desk, Connection connection) {
        return members || entity.isPresent() ? List.of() : desk.members(connection);
    }

    /** Until Ctrl-C: on a terminal the list is drawn anew where it changed, through a pipe it is printed again. */
    private int watch(TriageDesk desk, Connection connection, Predicate<KnownAlerts.Known> wanted, boolean json) {
        RunningCluster.requirePipeline(connection, desk.topics());
        KnownAlerts known = new KnownAlerts();
        AtomicLong steps = new AtomicLong();
        try (AlertFollower follower = desk.follow(connection, step -> {
            known.take(step);
            steps.incrementAndGet();
        })) {
            follower.catchUp();
            for (long shown = -1; ; ) {
                if (steps.get() != shown) {
                    shown = steps.get();
                    alerts.output().beginScreen();
                    show(new Read(known.all(), members(desk, connection)), wanted, json);
                    alerts.output()
                            .notice("As of " + Figures.minute(System.currentTimeMillis())
                                    + " by this machine's clock; goes on until Ctrl-C.");
                }
                follower.poll(WATCH_POLL);
            }
        }
    }

    private void show(Read read, Predicate<KnownAlerts.Known> wanted, boolean json) {
        List<KnownAlerts.Known> found =
                read.alerts().stream().filter(wanted).sorted(WORST_FIRST).toList();
        FoldedAlerts folded = FoldedAlerts.of(found, read.members());
        List<KnownAlerts.Known> shown =
                folded.shown().subList(0, Math.min(limit, folded.shown().size()));
        TerminalOutput output = alerts.output();
        if (shown.isEmpty()) {
            output.notice(
                    read.alerts().isEmpty()
                            ? "No alert has been raised."
                            : none(read.alerts().size()));
        } else if (json) {
            shown.forEach(one -> output.line(OutputOption.json(values(one, folded))));
        } else {
            output.table(table(shown, folded, output.resultIsOnTerminal()));
        }
        if (folded.taken() > 0) {
            output.notice(Figures.counted(folded.taken(), "alert")
                    + " of accounts that belong to these campaigns "
                    + (folded.taken() == 1 ? "is" : "are") + " counted with them; --members lists them too.");
        }
        if (shown.size() < folded.shown().size()) {
            output.notice("These are " + Figures.count(shown.size()) + " of "
                    + Figures.counted(folded.shown().size(), "alert") + "; --limit shows more.");
        }
    }

    private record Read(Collection<KnownAlerts.Known> alerts, List<CampaignMember> members) {}

    private static Map<String, Object> values(KnownAlerts.Known known, FoldedAlerts folded) {
        Map<String, Object> values = AlertValues.summary(known);
        values.put("member_alerts", folded.membersOf(known));
        return values;
    }

    private Predicate<KnownAlerts.Known> wanted() {
        Predicate<KnownAlerts.Known> wanted = switch (state) {
            case "open" -> KnownAlerts.Known::isOpen;
            case "closed" -> known -> !known.isOpen();
            case "all" -> known -> true;
            default ->
                throw new UserException("--state is open, closed or all, not '" + state + "'.", ExitStatus.USAGE);
        };
        if (severity.isPresent()) {
            Severities.require(severity.get());
            int least = Severities.rank(severity.get());
            wanted = wanted.and(known -> Severities.rank(known.newest().getSeverity()) >= least);
        }
        if (entity.isPresent()) {
            wanted = wanted.and(known -> known.newest().getEntityId().equals(entity.get()));
        }
        if (signature.isPresent()) {
            wanted = wanted.and(known -> known.signatureIds().contains(signature.get()));
        }
        if (since.isPresent()) {
            long sinceMs = Day.parse("--since", since.get());
            wanted = wanted.and(known -> known.newest().getTime() >= sinceMs);
        }
        return wanted;
    }

    private String none(int others) {
        return state.equals("open") && severity.isEmpty() && entity.isEmpty() && signature.isEmpty() && since.isEmpty()
                ? "No alert is open; 'stillwatch alerts list --state all' shows the " + Figures.count(others)
                        + " that there " + (others == 1 ? "is." : "are.")
                : "No alert is like that; there " + (others == 1 ? "is " : "are ") + Figures.counted(others, "alert")
                        + " in all.";
    }

    /** Where all are of one state it says the least; where they are not, it says more than how strong they are. */
    TextTable table(List<KnownAlerts.Known> shown, FoldedAlerts folded, boolean person) {
        TextTable table = new TextTable(COLUMNS).forPeople("age").whole("age");
        if (state.equals("all")) {
            table.optional("opened", "age", "requests", "updated", "score", "state");
        } else {
            table.optional("state", "opened", "age", "requests", "updated");
        }
        for (KnownAlerts.Known known : shown) {
            Alert alert = known.newest();
            table.row(
                    alert.getAlertId(),
                    AlertValues.state(alert),
                    alert.getSeverity(),
                    Figures.score(alert.getScore()),
                    person && alert.getEntityType().equals("account") ? alert.getEntityId() : entity(known, folded),
                    Figures.minute(alert.getOpenedAt()),
                    Figures.minute(alert.getTime()),
                    Ago.of(alert.getTime(), System.currentTimeMillis()),
                    Figures.count(alert.getRequests()),
                    alert.getAcknowledgedBy() == null ? "-" : alert.getAcknowledgedBy(),
                    known.disposition()
                            .or(() -> known.dispositionBefore().map(before -> "was " + before))
                            .orElse("-"),
                    person
                            ? strongest(AlertValues.signatures(alert))
                            : String.join(", ", AlertValues.signatures(alert)));
        }
        return table;
    }

    /** Half a dozen names fill the screen with one alert; 'alerts show' has them all. */
    private static String strongest(List<String> signatures) {
        return signatures.size() < 2
                ? String.join("", signatures)
                : signatures.get(0) + " and " + (signatures.size() - 1) + " more";
    }

    private static String entity(KnownAlerts.Known known, FoldedAlerts folded) {
        String entity = known.newest().getEntityType() + " " + known.newest().getEntityId();
        int members = folded.membersOf(known);
        return members == 0 ? entity : entity + " (with " + Figures.counted(members, "alert") + " of members)";
    }
}

package io.stillwatch.cli.decisions;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.console.DecisionJson;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.text.Ago;
import io.stillwatch.text.Figures;
import io.stillwatch.text.JsonLine;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What is done about accounts now. */
@Command(
        name = "list",
        header = "List the decisions that count now, the hardest first.",
        description = {
            "from: when it begins or began to count, where that was put off; until: when it lapses.",
            "Times are compared with this machine's clock, as gateways do."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch decisions list", "  stillwatch decisions list --all --output json"})
final class DecisionsListCommand implements Callable<Integer> {
    private static final Comparator<Decision> HARDEST_FIRST =
            Comparator.comparing(Decision::getAction, Comparator.reverseOrder()).thenComparing(Decision::getAccountId);

    @ParentCommand
    private DecisionsCommand decisions;

    @Option(names = "--all", description = "Those whose time is over, too.")
    private boolean all;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        SortedMap<String, Decision> known = decisions.onCluster(connection -> {
            RunningCluster.requirePipeline(connection, decisions.topics());
            return decisions.read(connection, account -> true);
        });
        long nowMs = Instant.now().toEpochMilli();
        List<Decision> shown = known.values().stream()
                .filter(decision -> all || counts(decision, nowMs))
                .sorted(HARDEST_FIRST)
                .toList();
        TerminalOutput output = decisions.output();
        if (shown.isEmpty()) {
            output.notice(
                    known.isEmpty()
                            ? "Nothing is decided about any account."
                            : "No decision counts now; 'stillwatch decisions list --all' shows the "
                                    + Figures.count(known.size()) + " whose time is over.");
        } else if (json) {
            shown.forEach(decision ->
                    output.line(JsonLine.of(DecisionJson.of(decision.getAccountId(), Optional.of(decision)))));
        } else {
            output.table(table(shown, nowMs));
        }
        return ExitStatus.OK.code();
    }

    /** Also before it begins: it is what will be done. */
    static boolean counts(Decision decision, long nowMs) {
        return decision.getValidUntil() == null || nowMs < decision.getValidUntil();
    }

    private static TextTable table(List<Decision> shown, long nowMs) {
        TextTable table = new TextTable("account", "action", "from", "until", "that is", "alert", "severity", "policy")
                .forPeople("that is");
        for (Decision decision : shown) {
            table.row(
                    decision.getAccountId(),
                    action(decision),
                    decision.getEffectiveFrom() == null
                            ? Figures.minute(decision.getDecidedAt())
                            : Figures.minute(decision.getEffectiveFrom()),
                    decision.getValidUntil() == null ? "-" : Figures.minute(decision.getValidUntil()),
                    decision.getValidUntil() == null ? "-" : Ago.of(decision.getValidUntil(), nowMs),
                    decision.getAlertId() == null ? "-" : decision.getAlertId(),
                    decision.getSeverity(),
                    decision.getPolicy());
        }
        return table;
    }

    static String action(Decision decision) {
        String action = decision.getAction().name().toLowerCase(Locale.ROOT);
        return decision.getAction() == DecisionAction.THROTTLE
                ? action + " to " + Figures.number(decision.getRate()) + " a minute"
                : action;
    }
}

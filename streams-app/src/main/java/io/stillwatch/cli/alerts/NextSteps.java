package io.stillwatch.cli.alerts;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.EntityType;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.ShellWord;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands to copy for whoever has to decide on an alert. Ids come from outside, so each stands as a shell takes it for
 * one word, and where it cannot be taken for an option.
 */
record NextSteps(List<Step> steps) {
    NextSteps {
        steps = List.copyOf(steps);
    }

    /** A command and what it is for. */
    record Step(String why, String command) {}

    /** Those that make sense as the alert stands. */
    static NextSteps of(ShownAlert shown) {
        KnownAlerts.Known known = shown.alert();
        Alert alert = known.newest();
        boolean account = alert.getEntityType().equals(EntityType.ACCOUNT);
        String reach = shown.pipeline();
        String id = ShellWord.of(alert.getAlertId());
        String entity = ShellWord.of(alert.getEntityId());
        List<Step> steps = new ArrayList<>();
        if (!alert.getExampleEventIds().isEmpty()) {
            steps.add(new Step("read the requests that it names", "alerts requests " + id + " --examples" + reach));
        }
        steps.add(new Step(
                "read all that it is about, from your logs",
                "alerts requests " + id + " LOGFILE..." + reach + " > evidence.jsonl"));
        if (account) {
            steps.add(new Step(
                    "see every clause and what is missing",
                    "signatures explain"
                            + known.findings().stream()
                                    .findFirst()
                                    .map(Finding::getSignatureId)
                                    .map(signature -> " --signature " + ShellWord.of(signature))
                                    .orElse("")
                            + reach + " -- " + entity));
        } else {
            steps.add(new Step("see its accounts, how sure and why", "campaigns show" + reach + " -- " + entity));
        }
        steps.add(new Step("see what blocking rules would do", "decisions preview" + reach));
        if (!shown.decisions().isEmpty()) {
            steps.add(new Step(
                    "take decisions back",
                    "decisions lift " + (account ? "--account=" + entity : "--alert " + id) + " --by YOU --reason WHY"
                            + reach));
        }
        if (!known.isOpen()) {
            steps.add(new Step("open it again", "alerts reopen " + id + " --reason WHY" + reach));
            return new NextSteps(steps);
        }
        if (alert.getAcknowledgedBy() == null) {
            steps.add(new Step("take it on", "alerts ack " + id + reach));
        }
        steps.add(new Step("it is a harvest", "alerts dispose " + id + " true_positive --reason WHY" + reach));
        steps.add(new Step("it is none", "alerts close " + id + " --disposition false_positive --reason WHY" + reach));
        steps.add(new Step(
                "it may go on",
                "allowlist add " + (account ? "--account=" : "--campaign=") + entity + " --expires P90D --reason WHY"
                        + reach));
        return new NextSteps(steps);
    }

    /** Prints them; a command stays on one line, to be copied. */
    void print(TerminalOutput output) {
        output.heading("What to do next");
        for (Step step : steps) {
            output.line(Line.of(Span.of("  # " + step.why(), Span.Style.DIM)));
            output.line(Line.of(Span.of("  stillwatch " + step.command(), Span.Style.CYAN)));
        }
    }
}

package io.stillwatch.cli.decisions;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.console.DecisionJson;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.Decision;
import io.stillwatch.text.JsonLine;
import io.stillwatch.text.ShellWord;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is done about one account, and why. */
@Command(
        name = "show",
        header = "Show what is done about an account, and why.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch decisions show acct-81")
final class DecisionsShowCommand implements Callable<Integer> {
    @ParentCommand
    private DecisionsCommand decisions;

    @Parameters(paramLabel = "ACCOUNT", description = "The account.")
    private String account;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        Optional<Decision> known = Optional.ofNullable(decisions.onCluster(
                connection -> decisions.read(connection, account::equals).get(account)));
        TerminalOutput output = decisions.output();
        if (json) {
            output.line(JsonLine.of(DecisionJson.of(account, known)));
        } else {
            known.ifPresentOrElse(
                    decision -> show(decision, output),
                    () -> output.prose(
                            "Account " + account + " is allowed: nothing was decided about it, or it was lifted."));
        }
        return ExitStatus.OK.code();
    }

    private void show(Decision decision, TerminalOutput output) {
        long nowMs = Instant.now().toEpochMilli();
        boolean over = !DecisionsListCommand.counts(decision, nowMs);
        boolean ahead = decision.getEffectiveFrom() != null && nowMs < decision.getEffectiveFrom();
        output.prose("Account " + decision.getAccountId() + ": " + DecisionsListCommand.action(decision)
                + (over ? ", but its time is over" : ahead ? ", but not yet" : "") + ".");
        output.prose(decision.getReason());
        output.prose("Decided " + Instant.ofEpochMilli(decision.getDecidedAt()) + " by policy " + decision.getPolicy()
                + (decision.getEffectiveFrom() == null
                        ? ""
                        : ", counts from " + Instant.ofEpochMilli(decision.getEffectiveFrom()))
                + (decision.getValidUntil() == null
                        ? "."
                        : ", lapses " + Instant.ofEpochMilli(decision.getValidUntil()) + "."));
        output.line("To take it back: stillwatch decisions lift --account=" + ShellWord.of(decision.getAccountId())
                + " --by YOU --reason WHY" + decisions.meantPipeline());
    }
}

package io.stillwatch.cli.decisions;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.PolicyOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.decision.Policy;
import io.stillwatch.decision.Preview;
import io.stillwatch.replay.DecisionRehearsal;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.text.Figures;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What a policy would have done about the alerts that there are. */
@Command(
        name = "preview",
        header = "Show what a policy would have done about the alerts that there are; nothing is decided.",
        description = {
            "Plays all alerts of the cluster through the policy as if it were enforced, whatever its mode.",
            "Of campaigns the members of now are known, not those of then; orders that were given are left out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch decisions preview --policy my-policy.yaml",
            "  stillwatch decisions preview        # the rules that ship"
        })
final class DecisionsPreviewCommand implements Callable<Integer> {
    private static final int MOST_ACCOUNTS = 50;

    @ParentCommand
    private DecisionsCommand decisions;

    @Mixin
    private PolicyOption policy;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        Policy rehearsed = policy.policy();
        Preview preview = decisions.onCluster(connection -> play(connection, rehearsed));
        if (json) {
            decisions.output().line(OutputOption.json(json(rehearsed, preview)));
        } else {
            print(rehearsed, preview, decisions.output());
        }
        return ExitStatus.OK.code();
    }

    private Preview play(Connection connection, Policy rehearsed) {
        for (String topic :
                new String[] {decisions.topics().alerts(), decisions.topics().campaigns()}) {
            RunningCluster.ensure(connection, decisions.topics(), topic);
        }
        try {
            return DecisionRehearsal.play(
                    rehearsed, decisions.topics(), decisions.serdes(), connection.clientProperties(Map.of()));
        } catch (SerializationException e) {
            throw new UserException(
                    "A record of the topic " + decisions.topics().alerts() + " or "
                            + decisions.topics().campaigns()
                            + " cannot be read; check --registry, and that this version is not older than the pipeline's.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    private static void print(Policy policy, Preview preview, TerminalOutput output) {
        output.prose("Policy " + policy.label() + " on " + Figures.counted(preview.steps(), "step") + " of alerts: "
                + Figures.counted(preview.accounts(), "account") + " would have been decided about, "
                + Figures.count(preview.blockedAccounts()) + " of them blocked; "
                + Figures.counted(preview.inForce(), "decision") + " would count at the end.");
        if (preview.accounts() == 0) {
            return;
        }
        TextTable rules = new TextTable("rule", "accounts", "throttled", "challenged", "blocked");
        preview.rules()
                .forEach((name, by) -> rules.row(
                        name,
                        Figures.count(by.accounts()),
                        Figures.count(by.accounts(DecisionAction.THROTTLE)),
                        Figures.count(by.accounts(DecisionAction.CHALLENGE)),
                        Figures.count(by.accounts(DecisionAction.BLOCK))));
        output.table(rules);
        output.line("");
        output.table(accounts(preview));
        if (preview.accounts() > MOST_ACCOUNTS) {
            output.notice("These are " + MOST_ACCOUNTS + " of " + Figures.counted(preview.accounts(), "account")
                    + "; --output json names all.");
        }
        output.line("");
        TextTable hours = new TextTable("hour", "decided", "blocked", "beyond the ceiling", "taken back");
        preview.hours()
                .forEach((hour, by) -> hours.row(
                        Figures.minute(hour),
                        Figures.count(by.decided()),
                        Figures.count(by.blocked()),
                        Figures.count(by.beyondCeiling()),
                        Figures.count(by.takenBack())));
        output.table(hours);
    }

    private static TextTable accounts(Preview preview) {
        TextTable accounts = new TextTable("account", "hardest", "first", "at the end", "rule", "alert");
        preview.byAccount().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Preview.ByAccount> entry) ->
                                entry.getValue().hardest())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_ACCOUNTS)
                .forEach(entry -> accounts.row(
                        entry.getKey(),
                        word(entry.getValue().hardest()),
                        Figures.minute(entry.getValue().firstMs()),
                        Optional.ofNullable(preview.inForceByAccount().get(entry.getKey()))
                                .map(DecisionsPreviewCommand::word)
                                .orElse("-"),
                        entry.getValue().rule(),
                        Optional.ofNullable(entry.getValue().alertId()).orElse("-")));
        return accounts;
    }

    private static String word(DecisionAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(Policy policy, Preview preview) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", policy.label());
        json.put("alert_steps", preview.steps());
        json.put("accounts", preview.accounts());
        json.put("blocked_accounts", preview.blockedAccounts());
        json.put("in_force", preview.inForce());
        Map<String, Object> rules = new LinkedHashMap<>();
        preview.rules().forEach((name, by) -> {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("accounts", by.accounts());
            rule.put("throttled", by.accounts(DecisionAction.THROTTLE));
            rule.put("challenged", by.accounts(DecisionAction.CHALLENGE));
            rule.put("blocked", by.accounts(DecisionAction.BLOCK));
            rules.put(name, rule);
        });
        json.put("rules", rules);
        Map<String, Object> accounts = new LinkedHashMap<>();
        preview.byAccount().forEach((account, by) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("hardest", word(by.hardest()));
            one.put("first", Instant.ofEpochMilli(by.firstMs()).toString());
            one.put("rule", by.rule());
            one.put("alert", by.alertId());
            one.put(
                    "in_force",
                    Optional.ofNullable(preview.inForceByAccount().get(account))
                            .map(DecisionsPreviewCommand::word)
                            .orElse(null));
            accounts.put(account, one);
        });
        json.put("by_account", accounts);
        Map<String, Object> hours = new LinkedHashMap<>();
        preview.hours().forEach((time, by) -> {
            Map<String, Object> hour = new LinkedHashMap<>();
            hour.put("decided", by.decided());
            hour.put("blocked", by.blocked());
            hour.put("beyond_ceiling", by.beyondCeiling());
            hour.put("taken_back", by.takenBack());
            hours.put(Instant.ofEpochMilli(time).toString(), hour);
        });
        json.put("hours", hours);
        return json;
    }
}

package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.TriageReader;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.text.Figures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The entries of the allowlist with what they suppress. */
@Command(
        name = "list",
        header = "List the allowlist with how many findings each entry suppresses.",
        description = {
            "now: findings that would alert now, were it not for the entry.",
            "ever: findings that would have, each counted as often as it began.",
            "until: when it lapses; 'lapsed' where that is past by this machine's clock. What counts is event time."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch allowlist list", "  stillwatch allowlist list --output json"})
final class AllowlistListCommand implements Callable<Integer> {
    @ParentCommand
    private AllowlistCommand allowlist;

    @Mixin
    private OutputOption format;

    private record Found(TriageReader.Allowed allowed, Map<String, TriageReader.Suppressed> suppressed) {}

    @Override
    public Integer call() {
        boolean json = format.isJson();
        TriageDesk desk = allowlist.desk();
        Found found = desk.onCluster(connection -> {
            TriageReader reader = desk.reader(connection);
            return new Found(reader.allowlist(), reader.suppressed());
        });
        TerminalOutput output = allowlist.output();
        TextTable table = new TextTable("id", "allowed", "signature", "until", "now", "ever", "owner", "reason");
        found.allowed().byId().forEach((id, entry) -> {
            TriageReader.Suppressed suppressed = found.suppressed().getOrDefault(id, TriageReader.Suppressed.NONE);
            if (json) {
                output.line(OutputOption.json(values(entry, suppressed)));
            } else {
                table.row(
                        id,
                        subject(entry),
                        entry.getSignatureId() == null ? "all" : entry.getSignatureId(),
                        until(entry),
                        Figures.count(suppressed.now()),
                        Figures.count(suppressed.ever()),
                        entry.getOwner(),
                        entry.getReason());
            }
        });
        if (found.allowed().byId().isEmpty()) {
            output.notice("Nobody is on the allowlist.");
        } else if (!json) {
            output.table(table);
        }
        if (found.allowed().unreadable() > 0) {
            output.notice("Unreadable: " + found.allowed().unreadable() + " records of the topic "
                    + desk.topics().allowlist()
                    + " are no entries, so they allow nothing; check --registry, and that this"
                    + " version is not older than the one that wrote them.");
        }
        return ExitStatus.OK.code();
    }

    /** Whom an entry is about. */
    static String subject(AllowlistEntry entry) {
        return entry.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + entry.getValue();
    }

    private static boolean hasLapsed(AllowlistEntry entry) {
        return entry.getExpiresAt() != null
                && entry.getExpiresAt() <= Instant.now().toEpochMilli();
    }

    private static String until(AllowlistEntry entry) {
        if (entry.getExpiresAt() == null) {
            return "-";
        }
        return Figures.minute(entry.getExpiresAt()) + (hasLapsed(entry) ? " lapsed" : "");
    }

    private static Map<String, Object> values(AllowlistEntry entry, TriageReader.Suppressed suppressed) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", entry.getId());
        values.put("kind", entry.getKind().name().toLowerCase(Locale.ROOT));
        values.put("value", entry.getValue());
        values.put("signature", entry.getSignatureId());
        values.put("expires_at", entry.getExpiresAt() == null ? null : Day.of(entry.getExpiresAt()));
        values.put("lapsed", hasLapsed(entry));
        values.put("suppressed_now", suppressed.now());
        values.put("suppressed_ever", suppressed.ever());
        values.put("owner", entry.getOwner());
        values.put("reason", entry.getReason());
        values.put("added_at", Day.of(entry.getAddedAt()));
        values.put("added_by", entry.getAddedBy());
        return values;
    }
}

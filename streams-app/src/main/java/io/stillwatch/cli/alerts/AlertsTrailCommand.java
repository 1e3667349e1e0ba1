package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.text.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Who did what, and why. */
@Command(
        name = "trail",
        header = "Show who did what and why: alerts, the allowlist, decisions taken back; the oldest first.",
        description = "Times are of this machine's or another analyst's clock, not event time.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch alerts trail", "  stillwatch alerts trail --by ann --since 2026-11-01 --output json"})
final class AlertsTrailCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Option(names = "--by", paramLabel = "NAME", description = "Only what this person did.")
    private Optional<String> by = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "Only since a day (2026-05-04) or moment.")
    private Optional<String> since = Optional.empty();

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        long sinceMs = since.map(text -> Day.parse("--since", text)).orElse(Long.MIN_VALUE);
        TriageDesk desk = alerts.desk();
        List<TriageRecord> trail = desk.onCluster(connection -> {
            RunningCluster.requirePipeline(connection, desk.topics());
            return desk.reader(connection)
                    .trail(record -> record.getTime() >= sinceMs
                            && by.filter(name -> !name.equals(record.getBy())).isEmpty());
        });
        if (trail.isEmpty()) {
            alerts.output().notice("Nobody has done anything yet that is like that.");
        } else if (json) {
            trail.forEach(record -> alerts.output().line(OutputOption.json(values(record))));
        } else {
            TextTable table = new TextTable("time", "by", "what", "about", "verdict", "reason");
            trail.forEach(record -> table.row(
                    Figures.minute(record.getTime()),
                    record.getBy(),
                    AlertValues.action(record),
                    about(record),
                    record.getDisposition() == null ? "-" : record.getDisposition(),
                    record.getReason().isEmpty() ? "-" : record.getReason()));
            alerts.output().table(table);
        }
        return 0;
    }

    /** What an order names; one that takes decisions back and names nothing is about all of them. */
    private static String about(TriageRecord record) {
        StringBuilder about = new StringBuilder();
        append(about, "alert", record.getAlertId());
        append(about, record.getEntityType() == null ? "" : record.getEntityType(), record.getEntityId());
        append(about, "signature", record.getSignatureId());
        append(about, "since", record.getSince() == null ? null : Day.of(record.getSince()));
        return about.isEmpty() ? "all" : about.toString();
    }

    private static void append(StringBuilder about, String kind, @Nullable String id) {
        if (id != null) {
            about.append(about.isEmpty() ? "" : ", ")
                    .append(kind.isEmpty() ? "" : kind + " ")
                    .append(id);
        }
    }

    private static Map<String, Object> values(TriageRecord record) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("time", Day.of(record.getTime()));
        values.put("by", record.getBy());
        values.put("action", AlertValues.action(record));
        values.put("alert_id", record.getAlertId());
        values.put("entity_type", record.getEntityType());
        values.put("entity_id", record.getEntityId());
        values.put("signature_id", record.getSignatureId());
        values.put("since", record.getSince() == null ? null : Day.of(record.getSince()));
        values.put("disposition", record.getDisposition());
        values.put("reason", record.getReason());
        return values;
    }
}

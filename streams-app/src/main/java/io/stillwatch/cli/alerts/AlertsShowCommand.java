package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One alert with everything that is known of it. */
@Command(
        name = "show",
        header = "Show an alert: why it was raised, with the evidence, when it was open, and what was done about it.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch alerts show al-5d2f0a9b31c4e687", "  stillwatch alerts show acct-81 --output json"})
final class AlertsShowCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Mixin
    private OutputOption format;

    private record Shown(KnownAlerts.Known alert, List<TriageRecord> trail) {}

    @Override
    public Integer call() {
        boolean json = format.isJson();
        TriageDesk desk = alerts.desk();
        Shown shown = desk.onCluster(connection -> {
            KnownAlerts known = desk.alerts(connection);
            KnownAlerts.Known alert = known.named(id).orElseThrow(() -> UnknownAlert.of(id, known));
            return new Shown(alert, desk.reader(connection).trail(record -> isAbout(record, alert)));
        });
        if (json) {
            alerts.output().line(OutputOption.json(AlertValues.whole(shown.alert(), shown.trail())));
        } else {
            AlertPage.of(shown.alert(), shown.trail()).forEach(alerts.output()::line);
        }
        return ExitStatus.OK.code();
    }

    /** What an order to lift does not name it leaves open, so one that names nothing is about every alert. */
    private static boolean isLiftOf(TriageRecord record, KnownAlerts.Known alert) {
        return (record.getAlertId() == null
                        || record.getAlertId().equals(alert.newest().getAlertId()))
                && (record.getSignatureId() == null || alert.signatureIds().contains(record.getSignatureId()))
                && (record.getEntityId() == null
                        || record.getEntityId().equals(alert.newest().getEntityId())
                        || alert.newest().getLinkedAccounts().contains(record.getEntityId()));
    }

    private static boolean isAbout(TriageRecord record, KnownAlerts.Known alert) {
        if (record.getAction() == TriageAction.LIFT) {
            return isLiftOf(record, alert);
        }
        return record.getAlertId() != null
                ? record.getAlertId().equals(alert.newest().getAlertId())
                : alert.newest().getEntityId().equals(record.getEntityId());
    }
}

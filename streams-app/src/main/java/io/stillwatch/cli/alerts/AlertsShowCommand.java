package io.stillwatch.cli.alerts;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.signature.SignatureSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One alert with everything that is known of it. */
@Command(
        name = "show",
        header =
                "Show an alert: who it is about, the evidence beside what is usual, what to do next and what is in force.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch alerts show al-5d2f0a9b31c4e687", "  stillwatch alerts show acct-81 --output json"})
final class AlertsShowCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Option(
            names = "--brief",
            description =
                    "Leave out who it is about, which takes reading the account's fingerprints and what it shares.")
    private boolean brief;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Where what is usual is looked up, if the alert was compared with it (default: the published"
                    + " baseline, or the one that ships).")
    private Optional<Path> baseline = Optional.empty();

    @Mixin
    private SignatureOption library;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        TriageDesk desk = alerts.desk();
        SignatureSet given = library.load();
        List<Baseline> baselines =
                baseline.map(file -> ReferenceOptions.checked(() -> BaselineFile.read(file))).stream()
                        .toList();
        ShownAlert shown = desk.onCluster(connection -> {
            KnownAlerts known = desk.alerts(connection);
            KnownAlerts.Known alert = known.named(id).orElseThrow(() -> UnknownAlert.of(id, known));
            return new AlertInquiry(desk, connection).about(alert, brief, baselines, given);
        });
        if (json) {
            alerts.output().line(OutputOption.json(AlertValues.whole(shown)));
        } else {
            new AlertPage(shown, alerts.output(), System.currentTimeMillis()).print();
        }
        return ExitStatus.OK.code();
    }
}

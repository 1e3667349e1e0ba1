package io.stillwatch.cli;

import io.stillwatch.cli.alerts.AlertsCommand;
import io.stillwatch.cli.alerts.AllowlistCommand;
import io.stillwatch.cli.baseline.BaselineCommand;
import io.stillwatch.cli.baseline.CalibrateCommand;
import io.stillwatch.cli.baseline.EnrollCommand;
import io.stillwatch.cli.baseline.EnrolmentsCommand;
import io.stillwatch.cli.baseline.KitsCommand;
import io.stillwatch.cli.campaigns.CampaignsCommand;
import io.stillwatch.cli.check.DoctorCommand;
import io.stillwatch.cli.check.LossesCommand;
import io.stillwatch.cli.check.TopicsCommand;
import io.stillwatch.cli.decisions.DecisionsCommand;
import io.stillwatch.cli.evaluate.EvaluateCommand;
import io.stillwatch.cli.run.DemoCommand;
import io.stillwatch.cli.run.ReplayCommand;
import io.stillwatch.cli.run.ResetCommand;
import io.stillwatch.cli.run.RunCommand;
import io.stillwatch.cli.run.SimulateCommand;
import io.stillwatch.cli.signatures.SignaturesCommand;
import io.stillwatch.cli.sources.SourcesCommand;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands below the root, in the order of their use. To put one together with all its options takes picocli some
 * milliseconds, so those that a command line does not name can be listed only, with what the root's help says of them.
 */
final class CommandList {
    private static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            SimulateCommand.class,
            EvaluateCommand.class,
            BaselineCommand.class,
            CalibrateCommand.class,
            EnrollCommand.class,
            EnrolmentsCommand.class,
            KitsCommand.class,
            SourcesCommand.class,
            TopicsCommand.class,
            SignaturesCommand.class,
            CampaignsCommand.class,
            DecisionsCommand.class,
            AlertsCommand.class,
            AllowlistCommand.class,
            LossesCommand.class,
            ResetCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            ConfigCommand.class,
            CompletionCommand.class);

    private CommandList() {}

    /** @param whole which commands, by name, are put together; the others are listed only */
    static void addTo(CommandLine root, Predicate<String> whole) {
        for (Class<?> type : ALL) {
            Command command = type.getAnnotation(Command.class);
            if (whole.test(command.name())) {
                root.addSubcommand(type);
            } else {
                root.addSubcommand(listed(command));
            }
        }
    }

    private static CommandSpec listed(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name()).aliases(command.aliases());
        spec.usageMessage().header(command.header()).hidden(command.hidden());
        return spec;
    }
}

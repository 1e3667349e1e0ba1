package io.stillwatch.cli.check;

import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.LossReader;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The loss ledger, for people. */
@Command(
        name = "losses",
        header = "Show how many records of each source counted, and how many did not and why.",
        description = {
            "late: came after the grace; kept in the dead-letters topic.",
            "duplicate: the same had come under the same event id within ten seconds; counted once.",
            "unreadable: could not be read; kept in the dead-letters topic.",
            "ahead: counted, but stamped more than the grace ahead of what a second account has reached.",
            "evicted: counted, but its event id could not be remembered, so a repetition would count twice.",
            "seen: the share that counted of what was not a duplicate."
        },
        footerHeading = "%nExample:%n",
        footer = "  stillwatch losses --bootstrap-servers kafka:9092")
public final class LossesCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Override
    public Integer call() {
        KafkaSettings settings = stillwatch.settings();
        Optional<Connection> running = Connection.find(settings);
        if (running.isPresent()) {
            return show(settings, running.get().clientProperties(Map.of()));
        }
        try (Cluster cluster = Cluster.open(settings, PortChoice.any(), stillwatch.output())) {
            return show(settings, cluster.clientProperties());
        }
    }

    private Integer show(KafkaSettings settings, Map<String, Object> clientProperties) {
        Map<String, SourceLosses> losses;
        try {
            losses = LossReader.read(
                    settings.topics(), new SerdeFactory(PipelineSession.wireFormat(settings)), clientProperties);
        } catch (KafkaException e) {
            throw new UserException(
                    "The topic " + settings.topics().losses() + " cannot be read; 'stillwatch topics describe' tells"
                            + " whether it exists.",
                    ExitStatus.FAILURE,
                    e);
        }
        if (losses.isEmpty()) {
            stillwatch.output().notice("No record has been processed yet.");
            return ExitStatus.OK.code();
        }
        TextTable table = new TextTable(
                "source", "records", "counted", "late", "duplicate", "unreadable", "ahead", "evicted", "seen");
        losses.forEach((source, line) -> table.row(
                source,
                number(line, SourceLosses::getRecords),
                number(line, SourceLosses::getCounted),
                number(line, SourceLosses::getLate),
                number(line, SourceLosses::getDuplicate),
                number(line, SourceLosses::getUnreadable),
                number(line, SourceLosses::getAhead),
                number(line, SourceLosses::getEvicted),
                seen(line)));
        stillwatch.output().table(table);
        return ExitStatus.OK.code();
    }

    private static String number(SourceLosses line, ToLongFunction<SourceLosses> column) {
        return String.format(Locale.ROOT, "%,d", column.applyAsLong(line));
    }

    private static String seen(SourceLosses line) {
        long wanted = line.getRecords() - line.getDuplicate();
        return wanted == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", Math.floor(1_000.0 * line.getCounted() / wanted) / 10);
    }
}

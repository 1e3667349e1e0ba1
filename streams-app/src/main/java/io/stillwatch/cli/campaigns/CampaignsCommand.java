package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.CampaignReader;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Campaigns that were found: many accounts that are one harvester. */
@Command(
        name = "campaigns",
        header = "List the campaigns that were found, show one with its evidence and accounts, or export it.",
        description = "A campaign is many accounts that are one harvester.",
        subcommands = {CampaignsListCommand.class, CampaignsShowCommand.class, CampaignsExportCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch campaigns list",
            "  stillwatch campaigns show c-5d2f0a9b31c4e687",
            "  stillwatch campaigns show c-5d2f0a9b31c4e687 --output members.csv",
            "  stillwatch campaigns export c-5d2f0a9b31c4e687 --stix campaign.json --hash-key-file key.txt"
        })
public final class CampaignsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    TerminalOutput output() {
        return stillwatch.output();
    }

    /** All campaigns by id; says so where records of members cannot be read. */
    SortedMap<String, KnownCampaign> read() {
        KafkaSettings settings = stillwatch.settings();
        CampaignReader.Found found = stillwatch.onCluster(connection -> {
            RunningCluster.requirePipeline(connection, settings.topics());
            return read(settings, connection.clientProperties(Map.of()));
        });
        noticeUnreadable(found.unreadable(), settings.topics(), output());
        return found.byId();
    }

    /** The members of all campaigns that a session knows of; says so where records of them cannot be read. */
    public static List<CampaignMember> members(PipelineSession session, TerminalOutput output) {
        CampaignReader.Members members = session.members();
        noticeUnreadable(members.unreadable(), session.topics(), output);
        return members.readable();
    }

    /** Says how many records of members tell of none, if any. */
    public static void noticeUnreadable(int unreadable, Topics topics, TerminalOutput output) {
        if (unreadable > 0) {
            output.notice("Unreadable: " + unreadable + " records of the topic " + topics.campaigns()
                    + " tell of no member, so accounts may be missing; check --registry, and that this version"
                    + " is not older than the pipeline's.");
        }
    }

    private static CampaignReader.Found read(KafkaSettings settings, Map<String, Object> clientProperties) {
        try {
            return CampaignReader.read(
                    settings.topics(), new SerdeFactory(PipelineSession.wireFormat(settings)), clientProperties);
        } catch (SerializationException e) {
            throw new UserException(
                    "A record of the topic " + settings.topics().alerts()
                            + " cannot be read as an alert; check --registry, and that this version is not older than the"
                            + " pipeline's.",
                    ExitStatus.FAILURE,
                    e);
        }
    }
}

package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.text.CsvCell;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A file that a campaign's members are written to, in the format its name asks for. */
record CampaignOutput(Path file, Format format) {
    /** Puts a campaign into a file. */
    @FunctionalInterface
    interface Format {
        void write(KnownCampaign campaign, Writer writer) throws IOException;
    }

    private static final List<String> COLUMNS =
            List.of("account_id", "joined_at", "confidence", "requests", "output_tokens", "shared_kinds", "reason");

    /**
     * Reads the format off a file name.
     *
     * @throws UserException when the name asks for none
     */
    static CampaignOutput to(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return new CampaignOutput(Path.of(name), CampaignOutput::csv);
        }
        if (lower.endsWith(".jsonl")) {
            return new CampaignOutput(Path.of(name), CampaignOutput::lines);
        }
        if (lower.endsWith(".json")) {
            return new CampaignOutput(
                    Path.of(name),
                    (campaign, writer) -> writer.append(OutputOption.json(CampaignJson.whole(campaign)))
                            .append('\n'));
        }
        throw new UserException(
                "'" + name + "' asks for no known format; end the name in .csv, .json or .jsonl.", ExitStatus.USAGE);
    }

    void write(KnownCampaign campaign, TerminalOutput output) {
        OutputFile.write(file, writer -> format.write(campaign, writer), output);
    }

    private static void lines(KnownCampaign campaign, Writer writer) throws IOException {
        for (CampaignMember member : campaign.members()) {
            writer.append(OutputOption.json(CampaignJson.member(member))).append('\n');
        }
    }

    /** Cells hold ids as they are, because programs join on them, but for those that a spreadsheet would run. */
    private static void csv(KnownCampaign campaign, Writer writer) throws IOException {
        writer.append(String.join(",", COLUMNS)).append('\n');
        for (CampaignMember member : campaign.members()) {
            List<String> cells = List.of(
                    member.getAccountId(),
                    Instant.ofEpochMilli(member.getJoinedAt()).toString(),
                    Double.toString(member.getConfidence()),
                    Long.toString(member.getRequests()),
                    Long.toString(member.getOutputTokens()),
                    String.join(" ", member.getSharedKinds()),
                    member.getReason());
            writer.append(cells.stream().map(CsvCell::of).collect(Collectors.joining(",")))
                    .append('\n');
        }
    }
}

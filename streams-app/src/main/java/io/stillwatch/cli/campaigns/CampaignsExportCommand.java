package io.stillwatch.cli.campaigns;

import io.stillwatch.alert.stix.IdentifierHash;
import io.stillwatch.alert.stix.StixBundle;
import io.stillwatch.alert.stix.StixCampaign;
import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A campaign's indicators for other providers. */
@Command(
        name = "export",
        header = "Write a campaign as a STIX 2.1 bundle for sharing, its identifiers hashed.",
        description = {
            "Accounts are told by the hash of their id: HMAC-SHA-256 with the key of --hash-key-file, so that providers",
            "who share the key can compare. No text of prompts is in the bundle. It is marked TLP:AMBER."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch campaigns export c-5d2f0a9b31c4e687 --stix campaign.json --hash-key-file key.txt"})
final class CampaignsExportCommand implements Callable<Integer> {
    private static final int MOST_KEY_BYTES = 4_096;

    @ParentCommand
    private CampaignsCommand campaigns;

    @Parameters(paramLabel = "ID", description = "The campaign, as 'stillwatch campaigns list --all' names it.")
    private String id;

    @Option(names = "--stix", paramLabel = "FILE", required = true, description = "Where to write the bundle.")
    private Path file;

    @Option(
            names = "--hash-key-file",
            paramLabel = "FILE",
            description = "Key that identifiers are hashed with, at least " + IdentifierHash.LEAST_KEY_BYTES
                    + " bytes; a line end after it does not count.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            defaultValue = "Stillwatch",
            description = "Who shares the bundle (default: ${DEFAULT-VALUE}).")
    private String identity;

    @Override
    public Integer call() {
        IdentifierHash hash = keyFile.map(CampaignsExportCommand::keyed).orElseGet(IdentifierHash::plain);
        SortedMap<String, KnownCampaign> known = campaigns.read();
        KnownCampaign campaign = UnknownCampaign.require(id, known);
        String bundle = new StixBundle(identity, hash)
                .line(new StixCampaign(campaign.id(), campaign.newest(), campaign.members()));
        TerminalOutput output = campaigns.output();
        OutputFile.write(file, writer -> writer.append(bundle).append('\n'), output);
        if (keyFile.isEmpty()) {
            output.notice(
                    "Without --hash-key-file identifiers are hashed with plain SHA-256, which anybody can undo who"
                            + " can guess them; give a key before you share the file.");
        }
        return ExitStatus.OK.code();
    }

    private static IdentifierHash keyed(Path file) {
        try {
            if (Files.size(file) > MOST_KEY_BYTES) {
                throw new UserException(
                        "The key file " + file + " is longer than " + MOST_KEY_BYTES + " bytes; give a file with a key"
                                + " alone.",
                        ExitStatus.USAGE);
            }
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
                end--;
            }
            return IdentifierHash.keyed(Arrays.copyOf(bytes, end));
        } catch (IOException e) {
            throw new UserException(
                    "The key file " + file + " cannot be read; give a readable file.", ExitStatus.USAGE, e);
        } catch (IllegalArgumentException tooShort) {
            throw new UserException(
                    "The key in " + file + " cannot be used. " + tooShort.getMessage(), ExitStatus.USAGE, tooShort);
        }
    }
}

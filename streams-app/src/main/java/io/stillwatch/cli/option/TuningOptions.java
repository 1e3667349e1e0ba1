package io.stillwatch.cli.option;

import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.PipelineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much the pipeline does, and with how much memory. */
public final class TuningOptions {
    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    @Mixin
    private CampaignOption campaigns = new CampaignOption();

    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE",
            description = "Take up only published signatures that one of these public keys of Ed25519 (PEM) sealed; see"
                    + " 'signatures publish --key'.")
    private Optional<Path> trustedKeys = Optional.empty();

    /**
     * The options with what was asked for.
     *
     * @throws UserException where a size makes no sense
     */
    public PipelineOptions applyTo(PipelineOptions options) {
        return memory.applyTo(options)
                .withCampaigns(campaigns.wanted())
                .withPublishers(trustedKeys.map(KeyFiles::publicKeys).orElse(List.of()));
    }
}

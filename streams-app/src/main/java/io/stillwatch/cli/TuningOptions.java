package io.stillwatch.cli;

import io.stillwatch.topology.PipelineOptions;
import picocli.CommandLine.Mixin;

/** How much the pipeline does, and with how much memory. */
final class TuningOptions {
    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    @Mixin
    private CampaignOption campaigns = new CampaignOption();

    /**
     * The options with what was asked for.
     *
     * @throws CliException where a size makes no sense
     */
    PipelineOptions applyTo(PipelineOptions options) {
        return memory.applyTo(options).withCampaigns(campaigns.wanted());
    }
}

package io.stillwatch.cli;

import picocli.CommandLine.Option;

/** Whether campaigns are looked for. */
final class CampaignOption {
    @Option(
            names = "--no-campaigns",
            description = "Do not look for campaigns, many accounts that are one harvester: faster, and single accounts"
                    + " are judged as ever.")
    private boolean without;

    boolean wanted() {
        return !without;
    }
}

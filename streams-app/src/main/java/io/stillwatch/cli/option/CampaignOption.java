package io.stillwatch.cli.option;

import picocli.CommandLine.Option;

/** Whether campaigns are looked for. */
public final class CampaignOption {
    @Option(
            names = "--no-campaigns",
            description = "Do not look for campaigns, many accounts that are one harvester: faster, and single accounts"
                    + " are judged as ever.")
    private boolean without;

    /** Whether accounts are grouped into campaigns. */
    public boolean wanted() {
        return !without;
    }
}

package io.stillwatch.evaluate;

/**
 * An alert of a campaign, judged.
 *
 * @param rightly most of those it names harvest
 * @param aboveLow it was above low severity at any time
 */
public record CampaignAlert(boolean rightly, boolean aboveLow) {
    /** Whether it reached a tier. */
    boolean reached(Tier tier) {
        return tier == Tier.ANY || aboveLow;
    }
}

package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.Optional;

/**
 * What an account really is, and what a run made of it.
 *
 * @param truth what it is
 * @param nearest the nearest it came to an alert
 * @param own its own alerts
 * @param campaign alerts of campaigns that name it
 * @param alerts opened for it; count
 */
public record AccountResult(TruthRow truth, Nearest nearest, Catches own, Catches campaign, int alerts) {
    /** Wider than nearness, so that tiers never mix. */
    static final double TIER_STEP = 3;

    /** An account that no campaign names, with one alert that is above low from the start, or none. */
    public AccountResult(TruthRow truth, Nearest nearest, Optional<Catch> alone, int alerts) {
        this(truth, nearest, new Catches(alone, alone), Catches.NONE, alerts);
    }

    /** Its first alert; empty when none was opened. */
    public Optional<Catch> alone() {
        return own.any();
    }

    /** The first alert of a campaign that names it; empty when none does. */
    public Optional<Catch> inCampaign() {
        return campaign.any();
    }

    /** What caught it first: an alert of its own, or one of a campaign that names it. */
    public Optional<Catch> caught() {
        return caught(Tier.ANY);
    }

    /** What first caught it at a tier: an alert of its own, or one of a campaign that names it. */
    public Optional<Catch> caught(Tier tier) {
        return own.or(campaign).of(tier);
    }

    /** Whether it harvests. */
    public boolean hostile() {
        return truth.label() == Label.HOSTILE;
    }

    /**
     * Where it stands among all accounts, for curves: those with an alert above low before those with any other before those
     * without, and within each by nearness. So a curve goes through both operating points, and to flag more never means to
     * catch fewer.
     */
    public double standing() {
        double tier = caught(Tier.ABOVE_LOW).isPresent() ? 2 : caught().isPresent() ? 1 : 0;
        return TIER_STEP * tier + nearness();
    }

    /** How near it came; -1 to 1. */
    public double nearness() {
        return nearest.margin();
    }
}

package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.Optional;

/**
 * What an account really is, and what a run made of it.
 *
 * @param truth what it is
 * @param nearest the nearest it came to an alert
 * @param alone its first alert; empty when none was opened
 * @param inCampaign the first alert of a campaign that names it; empty when none does
 * @param alerts opened for it; count
 */
public record AccountResult(
        TruthRow truth, Nearest nearest, Optional<Catch> alone, Optional<Catch> inCampaign, int alerts) {
    /** An account that no campaign names. */
    public AccountResult(TruthRow truth, Nearest nearest, Optional<Catch> alone, int alerts) {
        this(truth, nearest, alone, Optional.empty(), alerts);
    }

    /** What caught it first: an alert of its own, or one of a campaign that names it. */
    public Optional<Catch> caught() {
        if (alone.isEmpty() || inCampaign.isEmpty()) {
            return alone.or(() -> inCampaign);
        }
        return inCampaign.get().timeMs() < alone.get().timeMs() ? inCampaign : alone;
    }

    /** Whether it harvests. */
    public boolean hostile() {
        return truth.label() == Label.HOSTILE;
    }

    /** How near it came, for ranking; -1 to 1. */
    public double nearness() {
        return nearest.margin();
    }
}

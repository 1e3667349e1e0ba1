package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.Optional;

/**
 * What an account really is, and what a run made of it.
 *
 * @param truth what it is
 * @param nearest the nearest it came to an alert
 * @param caught its first alert; empty when none was opened
 * @param alerts opened for it; count
 */
public record AccountResult(TruthRow truth, Nearest nearest, Optional<Catch> caught, int alerts) {
    /** Whether it harvests. */
    public boolean hostile() {
        return truth.label() == Label.HOSTILE;
    }

    /** How near it came, for ranking; -1 to 1. */
    public double nearness() {
        return nearest.margin();
    }
}

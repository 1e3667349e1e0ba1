package io.stillwatch.baseline;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What setting bars for an error budget comes to.
 *
 * @param bars that were set
 * @param honestWeeks account-weeks that count as honest
 * @param days that the history spans
 * @param signatures a row for every signature that held for anybody, by id
 * @param aboveLow honest account-weeks with an alert above low, and harvests found so
 * @param low honest account-weeks flagged at low, and harvests with any alert
 * @param unseen honest account-weeks flagged when each half of the accounts is judged by the bars of the other half; empty
 *     when there are too few
 * @param setAside accounts that hold as strongly as harvests do, taken for hidden harvesters, strongest first
 * @param nearest honest accounts that come nearest to the line, on either side
 * @param cohorts that have bars of their own
 * @param borrowing cohorts with accounts that take the bars of others, as too few accounts are in them
 */
public record BudgetReport(
        Bars bars,
        long honestWeeks,
        long days,
        List<Row> signatures,
        Effect aboveLow,
        Effect low,
        Optional<Unseen> unseen,
        List<SetAside> setAside,
        List<Near> nearest,
        SortedSet<String> cohorts,
        SortedSet<String> borrowing) {

    /** What bars do: honest account-weeks flagged and harvests found, without them and with them. */
    public record Effect(long honestBefore, long honestAfter, long harvestsBefore, long harvestsAfter) {}

    /**
     * What they do to one signature.
     *
     * @param aboveLow whether its severity is above low
     */
    public record Row(String signature, boolean aboveLow, Effect effect, Optional<Bars.OfSignature> bar) {
        private static final long LEAST_HARVESTS = 4;
        private static final double BLIND = 0.25;

        /** Whether the bar takes the signature's sight: of the harvests it held for, less than a quarter are left. */
        public boolean isBlinded() {
            return effect.harvestsBefore() >= LEAST_HARVESTS
                    && effect.harvestsAfter() < BLIND * effect.harvestsBefore();
        }
    }

    /** Honest account-weeks of the halves that were not learned from. */
    public record Unseen(long aboveLow, long low) {}

    /**
     * An account taken for a hidden harvester.
     *
     * @param signature that makes it look like one most
     * @param likeness share of the simulated harvests for which that signature holds no more strongly, 0 to 1
     */
    public record SetAside(String account, String signature, double likeness) {}

    /**
     * An honest account near a line.
     *
     * @param strength of the signature, in its bar's measure, 0 to 1
     * @param bar that it is put to; 0 where its condition is enough
     */
    public record Near(String account, String signature, boolean aboveLow, double strength, double bar) {
        public boolean isFlagged() {
            return strength >= bar;
        }
    }
}

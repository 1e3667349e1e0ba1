package io.stillwatch.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Detection by the share of hostile requests in an account: bins around 0.1, 0.2 … 0.9 with edges at 0.05, 0.15 … 0.95,
 * and one at each end.
 */
public final class FractionBins {
    private static final int BINS = 11;

    private final List<Bin> bins;

    private FractionBins(List<Bin> bins) {
        this.bins = List.copyOf(bins);
    }

    /**
     * Accounts with about the same share.
     *
     * @param centre 0, 0.1 … 1
     * @param accounts in it; count
     * @param detected of them; count
     */
    public record Bin(double centre, int accounts, int detected) {
        /** Share detected, 0 to 1; empty without accounts. */
        public OptionalDouble rate() {
            return accounts == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) detected / accounts);
        }
    }

    /** Sorts hostile accounts into bins. */
    public static FractionBins of(Collection<AccountResult> accounts, Predicate<AccountResult> detected) {
        int[] all = new int[BINS];
        int[] found = new int[BINS];
        for (AccountResult account : accounts) {
            if (account.hostile()) {
                int bin = bin(account.truth().fraction());
                all[bin]++;
                found[bin] += detected.test(account) ? 1 : 0;
            }
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin(bin / 10.0, all[bin], found[bin]));
        }
        return new FractionBins(bins);
    }

    /** The lower edge belongs to a bin; truth files give three decimals. */
    private static int bin(double fraction) {
        return (int) Math.max(0, Math.min(BINS - 1, Math.floor(fraction * 10 + 0.5 + 1e-9)));
    }

    /** All bins by rising share, empty ones too. */
    public List<Bin> bins() {
        return bins;
    }

    /** The mean of the rates of the bins from 0.1 to 0.9 that have accounts; empty when none has. */
    public OptionalDouble average() {
        return bins.subList(1, BINS - 1).stream()
                .filter(bin -> bin.accounts() > 0)
                .mapToDouble(bin -> bin.rate().orElseThrow())
                .average();
    }
}

package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FractionBinsTest {
    private static FractionBins bins(AccountResult... accounts) {
        return FractionBins.of(List.of(accounts), account -> account.caught().isPresent());
    }

    @Test
    void binsHaveTheirEdgesAt005And015AndSoOn() {
        FractionBins bins = bins(
                Accounts.missed("a", 0.049, 0),
                Accounts.missed("b", 0.05, 0),
                Accounts.caught("c", 0.149, 1, 1),
                Accounts.caught("d", 0.15, 1, 1),
                Accounts.missed("e", 0.949, 0),
                Accounts.caught("f", 0.95, 1, 1),
                Accounts.caught("g", 1, 1, 1));

        assertThat(bins.bins().get(0)).isEqualTo(new FractionBins.Bin(0, 1, 0));
        assertThat(bins.bins().get(1)).isEqualTo(new FractionBins.Bin(0.1, 2, 1));
        assertThat(bins.bins().get(2)).isEqualTo(new FractionBins.Bin(0.2, 1, 1));
        assertThat(bins.bins().get(9)).isEqualTo(new FractionBins.Bin(0.9, 1, 0));
        assertThat(bins.bins().get(10)).isEqualTo(new FractionBins.Bin(1, 2, 2));
    }

    @Test
    void theAverageIsOverBinsNotAccountsAndLeavesOutTheEndsAndEmptyBins() {
        FractionBins bins = bins(
                Accounts.missed("a", 0.1, 0),
                Accounts.missed("b", 0.1, 0),
                Accounts.caught("c", 0.1, 1, 1),
                Accounts.caught("d", 0.9, 1, 1),
                Accounts.missed("e", 1, 0),
                Accounts.missed("f", 0, 0));

        assertThat(bins.average()).hasValueCloseTo((1 / 3.0 + 1) / 2, within(1e-12));
    }

    @Test
    void honestAccountsAreInNoBin() {
        assertThat(bins(Accounts.flagged("a", 1)).average()).isEmpty();
        assertThat(bins(Accounts.flagged("a", 1)).bins())
                .allSatisfy(bin -> assertThat(bin.accounts()).isZero());
    }
}

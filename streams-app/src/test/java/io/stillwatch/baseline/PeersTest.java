package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final Baseline BASELINE = BaselineFile.bundled();
    private static final Cohort GENERAL = new Cohort(Cohort.Volume.MEDIUM, Cohort.Use.GENERAL);
    private static final String FEATURE = "prompt_novelty";

    private static QuantileTable table(Cohort cohort) {
        return BASELINE.cohorts().getOrDefault(cohort, Map.of()).get(FEATURE);
    }

    @Test
    void theKindIsToldFromHowAValueRanks() {
        double value = table(GENERAL).at(0.31);
        Peers peers = Peers.of(
                BASELINE,
                400,
                List.of(new Peers.Ranked(FEATURE, value, table(GENERAL).shareAtMost(value))));

        assertThat(peers.words()).hasValueSatisfying(words -> assertThat(words).contains("100 to 999 requests a day"));
        assertThat(peers.usual(FEATURE)).hasValueSatisfying(usual -> {
            assertThat(usual.low()).isLessThanOrEqualTo(usual.median());
            assertThat(usual.median()).isLessThanOrEqualTo(usual.high());
        });
        assertThat(peers.usual("no_such_feature")).isEmpty();
    }

    @Test
    void whatIsUsualIsBetweenOneInTwentyFromBelowAndFromAbove() {
        QuantileTable table = table(GENERAL);
        double value = table.at(0.5);
        Usual usual = Peers.of(BASELINE, 400, List.of(new Peers.Ranked(FEATURE, value, table.shareAtMost(value))))
                .usual(FEATURE)
                .orElseThrow();
        assertThat(table.shareAtMost(usual.high())).isGreaterThanOrEqualTo(0.95 - 1e-9);
        assertThat(table.at(0)).isEqualTo(table.values()[0]);
        assertThat(table.at(1)).isEqualTo(table.values()[table.values().length - 1], within(1e-12));
    }

    @Test
    void ranksOfAnotherBaselineAreOfNoKind() {
        Peers peers = Peers.of(
                BASELINE, 400, List.of(new Peers.Ranked(FEATURE, table(GENERAL).at(0.5), 0.123456)));
        assertThat(peers.words()).isEmpty();
        assertThat(peers.usual(FEATURE)).isEmpty();
        assertThat(Peers.of(BASELINE, 400, List.of()).words()).isEmpty();
    }
}

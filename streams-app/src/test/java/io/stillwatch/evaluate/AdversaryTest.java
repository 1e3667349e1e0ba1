package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.claim.ForgedClaims;
import io.stillwatch.simulate.evasion.Evasions;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdversaryTest {
    private static final Adversary EVADING = Adversary.evading(1, 4);
    private static final Adversary CLAIMING = Adversary.claiming(1, 4);

    @Test
    void everyEvasionIsTriedFromWeakToStrongAfterNoneAtAll() {
        List<Adversary.Way> attempts = EVADING.attempts();

        assertThat(attempts).hasSize(1 + 4 * Evasions.all().size());
        assertThat(attempts.get(0).name()).isEqualTo(Adversary.UNHIDDEN);
        assertThat(attempts.get(0).strength()).isZero();
        assertThat(attempts.subList(1, 5)).extracting(Adversary.Way::strength).containsExactly(0.25, 0.5, 0.75, 1.0);
        assertThat(attempts).extracting(Adversary.Way::name).containsAll(Evasions.names());
    }

    @Test
    void everyClaimIsTriedAloneAndAllTogether() {
        assertThat(CLAIMING.attempts())
                .extracting(Adversary.Way::name)
                .containsAll(ForgedClaims.names())
                .contains(Adversary.UNHIDDEN, "all", "all-topic");
        assertThat(CLAIMING.only("stream"::equals).attempts())
                .extracting(Adversary.Way::name)
                .containsExactly(Adversary.UNHIDDEN, "stream");
    }

    @Test
    void theSameAccountsTryThemAll() {
        for (Adversary adversary : List.of(EVADING, CLAIMING)) {
            List<String> accounts = ids(adversary, adversary.attempts().get(0));

            assertThat(accounts).hasSize(adversary.behaviours().size());
            assertThat(ids(adversary, adversary.attempts().get(3))).isEqualTo(accounts);
        }
    }

    private static List<String> ids(Adversary adversary, Adversary.Way way) {
        return new Simulator(adversary.plan(way))
                .truth().stream().map(TruthRow::accountId).toList();
    }

    private static EvasionPrice price(String name, int caught, int aboveLow) {
        List<Spoils> accounts = IntStream.range(0, 4)
                .mapToObj(i -> new Spoils(
                        new Haul(10, 100, i < caught),
                        new Haul(20, 200, i < aboveLow),
                        i < caught ? OptionalLong.of(40) : OptionalLong.empty(),
                        OptionalLong.empty(),
                        new Effort(50, 500, 25)))
                .toList();
        return new EvasionPrice(name, name.equals(Adversary.UNHIDDEN) ? 0 : 0.5, "", accounts);
    }

    @Test
    void floorsCanNameWhatAWayToHideCostsInDetectionAtBothTiers() {
        List<EvasionPrice> prices = List.of(price(Adversary.UNHIDDEN, 4, 2), price("stream", 3, 2));

        assertThat(CLAIMING.figures(prices))
                .contains(
                        entry("claim.none.detection", 1.0),
                        entry("claim.stream.detection", 0.75),
                        entry("claim.stream.lost", 0.25),
                        entry("claim.stream.lost_above_low", 0.0),
                        entry("claim.stream.requests_median", 40.0));
        assertThat(EVADING.figures(prices)).containsKeys("evasion.none.detection", "evasion.stream@0.50.lost");
        assertThat(CLAIMING.figures(prices).keySet()).allMatch(Adversary::isFigure);
        assertThat(Adversary.isFigure("detection")).isFalse();
    }
}

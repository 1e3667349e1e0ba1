package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorecardTest {
    private static final long TWO_DAYS_MS = 2 * 86_400_000L;
    private static final Scorecard CARD = new Scorecard(
            "sample",
            List.of(
                    Accounts.honest("h1", -0.9),
                    Accounts.honest("h2", -0.5),
                    Accounts.honest("h3", -0.1),
                    Accounts.flagged("h4", 0.2),
                    Accounts.caught("a1", 1, 100, 5_000),
                    Accounts.caught("a2", 0.5, 300, 7_000),
                    Accounts.missed("a3", 0.1, -0.3)),
            TWO_DAYS_MS);

    @Test
    void ratesAreSharesOfTheAccountsOfTheirKind() {
        assertThat(CARD.detection()).hasValueCloseTo(2 / 3.0, within(1e-12));
        assertThat(CARD.falsePositives()).hasValueCloseTo(0.25, within(1e-12));
        assertThat(CARD.balancedAccuracy()).hasValueCloseTo((2 / 3.0 + 0.75) / 2, within(1e-12));
        assertThat(CARD.falseAlertsADay()).hasValueCloseTo(0.5, within(1e-12));
        // a1 and a2 beat all four, a3 two of them: 10 of 12.
        assertThat(CARD.roc().area()).hasValueCloseTo(10 / 12.0, within(1e-12));
    }

    @Test
    void actingOnAlertsIsToldWithTheIntervalOfEachRate() {
        OperatingPoint point = CARD.at(Tier.ANY);

        assertThat(point.detection()).isEqualTo(new Rate(2, 3));
        assertThat(point.falsePositives()).isEqualTo(new Rate(1, 4));
        assertThat(point.alerts()).isEqualTo(new Rate(2, 3));
        assertThat(point.alertsADay()).hasValueCloseTo(1.5, within(1e-12));
        assertThat(point.requests()).hasValue(100);
        // 0.005 × 2/3 of all are named rightly, 0.995 × 1/4 wrongly.
        assertThat(point.precisionAt(0.005))
                .hasValueCloseTo(0.005 * 2 / 3 / (0.005 * 2 / 3 + 0.995 / 4), within(1e-12));
        assertThat(point.leastPrecisionAt(0.005))
                .isLessThan(point.precisionAt(0.005).orElseThrow());
        assertThat(CARD.figures())
                .containsEntry("detection_above_low", 2 / 3.0)
                .containsKeys("detection_at_least", "false_positives_above_low_at_most", "precision");
    }

    @Test
    void toFlagMoreHonestAccountsNeverMeansToCatchFewerHostileOnes() {
        // Alerts come from more than nearness, as when a campaign names an account that nothing else suspects.
        List<AccountResult> accounts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            accounts.add(Accounts.honest("h" + i, i < 20 ? 0.9 : -0.9));
        }
        for (int i = 0; i < 50; i++) {
            AccountResult caught = Accounts.caught("a" + i, 1, 100, 5_000);
            accounts.add(
                    new AccountResult(caught.truth(), new Nearest("x", -0.95), caught.own(), caught.campaign(), 1));
        }
        Scorecard card = new Scorecard("campaigns only", accounts, TWO_DAYS_MS);

        assertThat(card.at(Tier.ANY).falsePositives().part()).isZero();
        for (double share : Scorecard.FALSE_POSITIVES) {
            assertThat(card.roc().detection(share).orElseThrow())
                    .isGreaterThanOrEqualTo(card.detection().orElseThrow());
            assertThat(card.detectedByFraction(share).bins().get(10).detected()).isEqualTo(50);
        }
    }

    @Test
    void kindsTellWhatWasLostBeforeTheAlert() {
        assertThat(CARD.kinds(true)).singleElement().satisfies(kind -> {
            assertThat(kind.accounts()).isEqualTo(3);
            assertThat(kind.caught()).isEqualTo(2);
            assertThat(kind.requestsMedian()).hasValue(100);
            assertThat(kind.requestsP90()).hasValue(300);
            assertThat(kind.tokensMedian()).hasValue(5_000);
        });
        assertThat(CARD.kinds(false)).extracting(KindScore::kind).containsExactly("batch", "chat");
    }

    @Test
    void mistakesAreListed() {
        assertThat(CARD.wronglyFlagged())
                .extracting(account -> account.truth().accountId())
                .containsExactly("h4");
        assertThat(CARD.missed())
                .extracting(account -> account.truth().accountId())
                .containsExactly("a3");
    }

    @Test
    void severalRunsTogetherPoolAccountsAndTime() {
        Scorecard together = Scorecard.together(List.of(CARD, CARD));

        assertThat(together.accounts()).isEqualTo(14);
        assertThat(together.detection()).isEqualTo(CARD.detection());
        assertThat(together.falseAlertsADay()).isEqualTo(CARD.falseAlertsADay());
    }

    @Test
    void figuresThatCannotBeToldAreLeftOut() {
        assertThat(CARD.figures())
                .containsEntry("detection.harvest", 2 / 3.0)
                .containsEntry("caught_by_fraction_average", 0.5)
                .doesNotContainKey("detection_at_fpr_0.1");
        assertThat(new Scorecard("none", List.of(), 0).figures()).isEmpty();
    }

    @Test
    void theJsonHasFiguresCurveAndMistakes() throws Exception {
        JsonNode card =
                new ObjectMapper().readTree(EvaluationJson.of(List.of(CARD))).at("/evaluations/0");

        assertThat(card.at("/figures/false_positives").doubleValue()).isEqualTo(0.25);
        assertThat(card.at("/detection_by_fraction/5/caught").intValue()).isEqualTo(1);
        assertThat(card.get("roc")).hasSize(CARD.roc().points().size());
        assertThat(card.at("/missed/0/margin").doubleValue()).isEqualTo(-0.3);
        assertThat(card.at("/wrongly_flagged/0/explanation").textValue()).isEqualTo("it sent <much>");
    }
}

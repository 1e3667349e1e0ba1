package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** North has a, b, c, d; south has e, f, g. h to k are honest, l harvests alone. Each has 10 requests, one a second. */
class CampaignScoresTest {
    private static final List<TruthRow> TRUTH = truth();

    private static List<TruthRow> truth() {
        List<TruthRow> truth = new ArrayList<>();
        "abcd".chars().forEach(id -> truth.add(row(id, Label.HOSTILE, "code-harvest", "north")));
        "efg".chars().forEach(id -> truth.add(row(id, Label.HOSTILE, "code-harvest", "south")));
        "hijk".chars().forEach(id -> truth.add(row(id, Label.HONEST, "popular-app", "")));
        truth.add(row('l', Label.HOSTILE, "best-of-n", ""));
        return truth;
    }

    private static TruthRow row(int id, Label label, String kind, String campaign) {
        return new TruthRow(Character.toString(id), label, kind, "", campaign, 0, 0, 10, 0);
    }

    private static FoundCampaign campaign(String id, long alertedMs, String members) {
        return campaign(id, alertedMs, members, members);
    }

    private static FoundCampaign campaign(String id, long alertedMs, String members, String named) {
        return new FoundCampaign(
                id,
                alertedMs,
                OptionalLong.of(alertedMs),
                "sharded-harvest",
                "they share one queue",
                accounts(members),
                accounts(named).stream().collect(Collectors.toMap(Function.identity(), account -> alertedMs)));
    }

    private static Set<String> accounts(String ids) {
        return ids.chars().mapToObj(Character::toString).collect(Collectors.toSet());
    }

    private static CampaignScores scores(FoundCampaign... found) {
        return CampaignScores.of(
                List.of(found), TRUTH, account -> 10, (account, timeMs) -> Math.min(10, timeMs / 1_000));
    }

    private static CampaignScore only(CampaignScores scores, String name) {
        return scores.campaigns().stream()
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCampaignFoundWholeAndPureHasEveryFigureAtItsBest() {
        CampaignScores scores = scores(campaign("c-1", 2_000, "abcd"), campaign("c-2", 1_000, "efg"));

        assertThat(scores.found()).hasValue(1);
        assertThat(scores.recall()).hasValue(1);
        assertThat(scores.precision()).hasValue(1);
        assertThat(scores.pairs()).isEqualTo(new CampaignScores.Pairs(6 + 3, 6 + 3, 6 + 3));
        assertThat(scores.wrong()).isEmpty();
        assertThat(only(scores, "north").shareBefore()).isEqualTo(0.2);
        assertThat(only(scores, "south").shareBefore()).isEqualTo(0.1);
        assertThat(scores.shareBefore()).hasValueCloseTo((4 * 2 + 3) / 70.0, within(1e-12));
        assertThat(only(scores, "north").foundAs()).containsExactly("c-1");
    }

    @Test
    void bystandersCostPrecisionAndMissingMembersRecall() {
        CampaignScores scores = scores(campaign("c-1", 2_000, "abch"));

        assertThat(only(scores, "north").recall()).isEqualTo(0.75);
        assertThat(only(scores, "north").precision()).hasValue(0.75);
        assertThat(scores.recall()).hasValueCloseTo(3 / 7.0, within(1e-12));
        assertThat(scores.precision()).hasValue(0.75);
        // Of the six pairs found, three are of members; nine would be right.
        assertThat(scores.pairs()).isEqualTo(new CampaignScores.Pairs(9, 6, 3));
        assertThat(scores.pairs().precision()).hasValue(0.5);
    }

    @Test
    void aMissedCampaignHasAllItsRequestsThrough() {
        CampaignScores scores = scores(campaign("c-1", 2_000, "abcd"));
        CampaignScore south = only(scores, "south");

        assertThat(scores.found()).hasValue(0.5);
        assertThat(south.found()).isFalse();
        assertThat(south.precision()).isEmpty();
        assertThat(south.shareBefore()).isEqualTo(1);
    }

    @Test
    void aCampaignInSeveralPiecesIsFoundByTheEarliestAndPairsSuffer() {
        CampaignScores scores = scores(campaign("c-1", 4_000, "ab"), campaign("c-2", 3_000, "cd"));

        assertThat(only(scores, "north").foundAs()).containsExactly("c-1", "c-2");
        assertThat(only(scores, "north").recall()).isEqualTo(1);
        assertThat(only(scores, "north").shareBefore()).isEqualTo(0.3);
        assertThat(scores.pairs().both()).isEqualTo(2);
    }

    @Test
    void twoCampaignsInOneAreFoundAsTheLargerAlone() {
        CampaignScores scores = scores(campaign("c-1", 1_000, "abcdefg"));

        assertThat(only(scores, "north").precision()).hasValueCloseTo(4 / 7.0, within(1e-12));
        assertThat(only(scores, "south").found()).isFalse();
        assertThat(only(scores, "south").recall()).isEqualTo(1);
        assertThat(scores.pairs()).isEqualTo(new CampaignScores.Pairs(9, 21, 9));
    }

    @Test
    void aGroupOfHonestAccountsIsWrongAndTellsItsKinds() {
        CampaignScores scores = scores(campaign("c-1", 1_000, "ahij"), campaign("c-2", 1_000, "l"));

        assertThat(scores.wrong()).extracting(FalseCampaign::id).containsExactly("c-1", "c-2");
        assertThat(scores.wrong().get(0).kinds()).isEqualTo(Map.of("popular-app", 3));
        assertThat(scores.honestCampaigns()).isOne();
        assertThat(scores.found()).hasValue(0);
        assertThat(scores.precision()).hasValue(0.2);
    }

    @Test
    void whatFellApartIsStillJudgedByWhomItNamed() {
        CampaignScores scores = scores(campaign("c-1", 1_000, "", "abc"), campaign("c-2", 1_000, "", "hij"));

        assertThat(only(scores, "north").found()).isTrue();
        assertThat(only(scores, "north").recall()).isZero();
        assertThat(scores.honestCampaigns()).isOne();
        assertThat(scores.named()).isZero();
    }

    @Test
    void accountsWithoutTruthAreLeftOut() {
        CampaignScores scores = scores(campaign("c-1", 2_000, "abcdxyz"));

        assertThat(only(scores, "north").precision()).hasValue(1);
        assertThat(scores.named()).isEqualTo(4);
    }

    @Test
    void runsTogetherAddUpAndKeepNamesApart() {
        CampaignScores one = scores(campaign("c-1", 2_000, "abcd"));
        CampaignScores other = scores(campaign("c-1", 2_000, "efgh"));
        Map<String, CampaignScores> runs = new LinkedHashMap<>();
        runs.put("first", one);
        runs.put("second", other);

        CampaignScores together = CampaignScores.together(runs);

        assertThat(together.campaigns())
                .extracting(CampaignScore::name)
                .containsExactly("north of first", "south of first", "north of second", "south of second");
        assertThat(together.recall()).hasValue(0.5);
        assertThat(together.precision()).hasValueCloseTo(7 / 8.0, within(1e-12));
        assertThat(together.pairs()).isEqualTo(new CampaignScores.Pairs(18, 12, 9));
    }

    @Test
    void figuresHaveTheNamesThatFloorsUse() {
        Scorecard card =
                new Scorecard("sample", List.of(Accounts.honest("h", -0.5)), 1, scores(campaign("c-1", 2_000, "abcd")));

        assertThat(card.figures())
                .containsEntry("campaigns_found", 0.5)
                .containsEntry("campaign_member_precision", 1.0)
                .containsEntry("campaign_member_recall.north", 1.0)
                .containsEntry("campaign_requests_before_alert.north", 0.2)
                .containsEntry("honest_campaigns", 0.0)
                .doesNotContainKey("campaign_member_precision.south");
        assertThat(Floors.read("{campaigns_found: {least: 1}, honest_campaigns: {most: 0}}")
                        .missed(card.figures()))
                .containsExactly("campaigns_found is 0.5000 and must be at least 1.0000");
    }
}

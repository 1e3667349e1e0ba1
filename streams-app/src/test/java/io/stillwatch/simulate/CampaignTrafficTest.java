package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignTrafficTest {
    private static final long DAY_MS = 86_400_000L;

    private static Played cluster(String keys) {
        return Played.of(
                "{days: 4, groups: [{behaviour: templated-augmentation, accounts: 30, requests: 40, " + keys + "}]}");
    }

    private static long systems(Played played) {
        return played.events().stream().map(RequestEvent::getSystem).distinct().count();
    }

    @ParameterizedTest
    @EnumSource(Deal.class)
    void whatMembersHarvestIsDisjointAndTheirUnionIsAllOfIt(Deal deal) {
        Played played = cluster("campaign: {name: c, deal: " + deal.word() + ", active: 12}");

        Set<String> union = new HashSet<>();
        long sum = 0;
        for (List<LabelledRequest> own : played.byAccount().values()) {
            Set<String> harvested = Played.harvested(own);
            union.addAll(harvested);
            sum += harvested.size();
        }
        assertThat(played.byAccount()).hasSize(30);
        assertThat(sum).isEqualTo(union.size());
        assertThat(sum).isGreaterThan(1_150);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.8, 1})
    void membersMixInAsMuchStrangersTrafficAsThePlanSays(double share) {
        Played played = cluster("share: " + share + ", cover: shared-account, campaign: c");

        double hostile = played.truth().stream()
                .mapToLong(TruthRow::hostileRequests)
                .average()
                .orElseThrow();
        assertThat(hostile / 40).isCloseTo(share, within(0.06));
        assertThat(played.truth()).extracting(TruthRow::campaignId).containsOnly("c");
    }

    @Test
    void aBlockedMemberIsReplacedByAFreshAccount() {
        Played played = cluster("campaign: {name: c, deal: random, active: 10}");

        // Ten seats, each taken by three accounts one after the other.
        List<List<RequestEvent>> accounts = played.accounts();
        long latestStart = accounts.stream()
                .mapToLong(own -> own.get(0).getEventTime())
                .max()
                .orElseThrow();
        long atATime = accounts.stream()
                .filter(own -> own.get(0).getEventTime() <= latestStart
                        && own.get(own.size() - 1).getEventTime() >= latestStart)
                .count();
        assertThat(atATime).isBetween(5L, 10L);
        List<Long> ages = accounts.stream()
                .sorted((a, b) -> Long.compare(a.get(0).getEventTime(), b.get(0).getEventTime()))
                .skip(12)
                .map(own -> own.get(0).getEventTime() - own.get(0).getAccountCreated())
                .toList();
        assertThat(ages).allMatch(age -> age >= 0 && age < DAY_MS / 2);
    }

    @Test
    void aSecondGroupGoesOnWhereABanEndedTheFirst() {
        Played played = Played.of("""
                days: 4
                groups:
                  - {behaviour: code-harvest, accounts: 20, requests: 30, days: 2, campaign: {name: c, template: shared}}
                  - {behaviour: code-harvest, accounts: 10, requests: 30, from_day: 2.5, days: 1,
                     signed_up: [0.1, 0.2], campaign: {name: c, template: shared}}
                """);

        Set<String> union = new HashSet<>();
        long sum = 0;
        for (List<LabelledRequest> own : played.byAccount().values()) {
            union.addAll(Played.harvested(own));
            sum += Played.harvested(own).size();
        }
        // Both groups draw from one kind of item, so a few may come out alike by chance.
        assertThat(sum - union.size()).isLessThan(10);
        assertThat(systems(played)).isOne();
        assertThat(played.truth()).extracting(TruthRow::campaignId).containsOnly("c");
    }

    @Test
    void aTemplateIsSharedOrParaphrasedOrLeftOut() {
        assertThat(systems(cluster("campaign: {name: c, template: shared}"))).isOne();
        assertThat(systems(cluster("campaign: {name: c, template: paraphrased}")))
                .isBetween(6L, 12L);
        Played none = Played.of("groups: [{behaviour: reasoning-trace-elicitation, accounts: 5, requests: 20,"
                + " campaign: {name: c, template: none}}]");
        assertThat(none.events()).allMatch(event -> event.getSystem() == null);
    }

    @Test
    void aMemberKeepsToItsWording() {
        assertThat(cluster("campaign: {name: c, template: paraphrased}").accounts())
                .allMatch(own ->
                        own.stream().map(RequestEvent::getSystem).distinct().count() == 1);
    }

    @Test
    void parametersAreTheHarvestsOwnOrAChatClients() {
        assertThat(cluster("campaign: c").events()).allMatch(event -> event.getMaxTokens() != null);
        assertThat(cluster("campaign: {name: c, parameters: ordinary}").events())
                .allMatch(event -> event.getMaxTokens() == null && event.getTemperature() == null && event.getStream());
    }

    @Test
    void proxiesAreSharedByAsManyAsThePlanSaysOrByNobody() {
        Played few = cluster("campaign: c, together: {network: 3, payment: 2, client: 1, tls: 1}");
        Played own = cluster("campaign: c, footing: home");

        assertThat(few.tokens("network")).isEqualTo(3);
        assertThat(few.tokens("payment")).isEqualTo(2);
        assertThat(few.tokens("client")).isOne();
        assertThat(own.tokens("payment")).isEqualTo(30);
        assertThat(own.tokens("network")).isGreaterThan(20);
    }

    @Test
    void accountsSignUpInABurstOrAreAged() {
        assertThat(ages(cluster("campaign: c, signed_up: [0.5, 0.6]"))).allMatch(days -> days >= 0.5 && days <= 0.6);
        assertThat(ages(cluster("campaign: c, signed_up: [90, 700]"))).allMatch(days -> days >= 90 && days <= 700);
    }

    private static List<Double> ages(Played played) {
        long begin = SimulationPlan.DEFAULT_START.toEpochMilli();
        return played.accounts().stream()
                .map(own -> (begin - own.get(0).getAccountCreated()) / (double) DAY_MS)
                .toList();
    }

    @Test
    void aBurstIsOverWithinMinutes() {
        List<Long> times = new ArrayList<>(cluster("campaign: {name: c, deal: burst}, timing: slow").events().stream()
                .map(RequestEvent::getEventTime)
                .sorted()
                .toList());

        long withinMinutes = 0;
        for (int i = 1; i < times.size(); i++) {
            withinMinutes += times.get(i) - times.get(i - 1) < 120_000 ? 1 : 0;
        }
        assertThat(withinMinutes / (double) times.size()).isGreaterThan(0.9);
        assertThat(times.get(times.size() - 1) - times.get(0)).isGreaterThan(3 * DAY_MS);
    }

    @Test
    void theShippedPlansOfCampaignsAreAsBigAsTheySay() {
        Simulator small = new Simulator(SimulationPlan.preset("campaigns"));
        Simulator hydra = new Simulator(SimulationPlan.preset("hydra"));

        assertThat(small.size()).isBetween(30_000L, 60_000L);
        assertThat(campaigns(small)).containsExactlyInAnyOrder("even", "paraphrased", "regrowing", "lockstep", "thin");
        assertThat(hydra.truth().stream().filter(row -> row.campaignId().equals("hydra")))
                .hasSize(1_000)
                .allMatch(row -> row.requests() == 20 && row.hostileRequests() == 20);
        assertThat(hydra.truth().stream().filter(row -> row.campaignId().isEmpty()))
                .hasSize(20_000)
                .allMatch(row -> row.label().word().equals("honest"));
    }

    private static Set<String> campaigns(Simulator simulator) {
        return simulator.truth().stream()
                .map(TruthRow::campaignId)
                .filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Test
    void thePlanOfTheReportedScaleHasItsSize() {
        SimulationPlan plan = SimulationPlan.preset("reported-scale");

        assertThat(plan.groups().stream()
                        .filter(group -> group.campaign().isPresent())
                        .mapToInt(PlanGroup::accounts)
                        .sum())
                .isEqualTo(24_000);
        assertThat(plan.accounts() - 24_000).isEqualTo(500_000);
    }
}

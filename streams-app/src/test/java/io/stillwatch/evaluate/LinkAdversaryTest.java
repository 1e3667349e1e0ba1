package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.LabelledRequest;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinkAdversaryTest {
    private static final LinkAdversary ADVERSARY =
            new LinkAdversary(10, 0.05, 3, LinkAdversary.usual(3).ways());

    private static LinkAdversary.Way way(String name) {
        return ADVERSARY.attempts().stream()
                .filter(way -> way.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the campaign's accounts send. */
    private record Sent(
            Set<String> payments, Set<String> networks, Set<String> instructions, Map<String, Integer> requests) {}

    private static Sent sent(String name) {
        Simulator simulator = new Simulator(ADVERSARY.plan(way(name)));
        Set<String> members = simulator.truth().stream()
                .filter(row -> row.label() == Label.HOSTILE)
                .map(TruthRow::accountId)
                .collect(Collectors.toSet());
        Sent sent = new Sent(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashMap<>());
        Iterator<LabelledRequest> requests = simulator.labelled();
        while (requests.hasNext()) {
            RequestEvent event = requests.next().event();
            if (members.contains(event.getAccountId())) {
                sent.payments.add(event.getLinks().get("payment"));
                sent.networks.add(event.getLinks().get("network"));
                sent.instructions.add(String.valueOf(event.getSystem()));
                sent.requests.merge(event.getAccountId(), 1, Integer::sum);
            }
        }
        return sent;
    }

    @Test
    void whatIsTakenAwayIsNotSharedAndTheRestIs() {
        Sent all = sent(Adversary.UNHIDDEN);
        assertThat(all.payments()).hasSize(1);
        assertThat(all.networks()).hasSizeLessThanOrEqualTo(2);
        assertThat(all.instructions()).hasSize(1);

        Sent withoutPayments = sent("payments");
        assertThat(withoutPayments.payments()).hasSize(10);
        assertThat(withoutPayments.networks()).isEqualTo(all.networks());

        Sent nothing = sent("all");
        assertThat(nothing.payments()).hasSize(10);
        assertThat(nothing.networks().size()).isGreaterThan(5);
        assertThat(nothing.instructions()).isEqualTo(Set.of("null"));
        assertThat(sent("all-covered").requests().values().stream()
                        .mapToInt(n -> n)
                        .sum())
                .isGreaterThan(
                        nothing.requests().values().stream().mapToInt(n -> n).sum() * 3 / 2);
    }

    @Test
    void everyFamilyIsTakenAwayAloneAndAllTogether() {
        assertThat(ADVERSARY.attempts())
                .extracting(LinkAdversary.Way::name)
                .startsWith(
                        Adversary.UNHIDDEN, "payments", "networks", "instructions", "parameters", "signups", "timing")
                .contains("payments+networks", "all-but-payments", "all-but-networks", "all", "all-covered")
                .doesNotHaveDuplicates();
        assertThat(ADVERSARY.only("all"::equals).attempts())
                .extracting(LinkAdversary.Way::name)
                .containsExactly(Adversary.UNHIDDEN, "all");
    }

    @Test
    void theCostIsSaidInFiguresAndWhatIsFreeIsCalledFree() {
        assertThat(ADVERSARY.price(way("payments"))).isEqualTo("10 means of payment instead of 1");
        assertThat(ADVERSARY.price(way("instructions"))).startsWith("nothing");
        assertThat(ADVERSARY.price(way(Adversary.UNHIDDEN))).isEmpty();
        assertThat(LinkAdversary.left(way("all"))).isEqualTo("nothing but the work");
        assertThat(LinkAdversary.left(way("all-but-networks"))).isEqualTo("networks");
    }

    private static AccountResult account(String name, boolean hostile, Catches campaign) {
        return new AccountResult(
                new TruthRow(
                        name, hostile ? Label.HOSTILE : Label.HONEST, "kind", "set", hostile ? "c" : "", 1, 0, 10, 10),
                Nearest.NONE,
                new Catches(Optional.empty(), Optional.empty()),
                campaign,
                0);
    }

    @Test
    void floorsCanNameTheMembersTheTrafficAndTheHonestAtBothTiers() throws Exception {
        Catch caught = new Catch(5, 4, 40, "work-alike", "words");
        Catches low = Catches.NONE.with(Tier.ANY, caught);
        Catches both = low.with(Tier.ABOVE_LOW, caught);
        Scorecard card = new Scorecard(
                "run",
                List.of(account("a", true, both), account("b", true, low), account("c", false, low)),
                10,
                new CampaignScores(
                        List.of(new CampaignScore("c", 2, 2, 3, 2, 20, 5, 10, List.of("c-1"))),
                        List.of(),
                        3,
                        2,
                        new CampaignScores.Pairs(1, 3, 1),
                        List.of()));
        LinkPrice price = LinkPrice.of(ADVERSARY, way("payments"), card);

        assertThat(ADVERSARY.figures(List.of(price)))
                .containsOnly(
                        entry("links.payments.members", 1.0),
                        entry("links.payments.members_above_low", 0.5),
                        entry("links.payments.traffic", 0.25),
                        entry("links.payments.traffic_above_low", 0.5),
                        entry("links.payments.honest", 1.0),
                        entry("links.payments.honest_above_low", 0.0));
        assertThat(ADVERSARY.figures(List.of(price)).keySet()).allMatch(LinkAdversary::isFigure);
        JsonNode told = new ObjectMapper()
                .readTree(AdversaryJson.of(Map.of(), Map.of(ADVERSARY, List.of(price))))
                .at("/links/ways/0");
        assertThat(told.get("members_named_above_low").asInt()).isEqualTo(1);
        assertThat(told.get("requests_before_alert").asInt()).isEqualTo(5);
    }
}

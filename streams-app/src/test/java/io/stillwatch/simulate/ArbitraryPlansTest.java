package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.actor.Behaviour;
import io.stillwatch.simulate.actor.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ArbitraryPlansTest {
    @Provide
    Arbitrary<SimulationPlan> plans() {
        Arbitrary<PlanGroup> group = Combinators.combine(
                        Arbitraries.of(Kinds.all()),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.doubles().between(0.1, 1),
                        Arbitraries.of(Deal.values()).optional(),
                        Arbitraries.of(PlanGroup.TIMINGS).optional(),
                        Arbitraries.doubles().between(0, 0.9))
                .as(ArbitraryPlansTest::group);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers().between(24, 24 * 40),
                        group.list().ofMinSize(1).ofMaxSize(5))
                .as((seed, hours, groups) -> new SimulationPlan(
                        "any", seed, SimulationPlan.DEFAULT_START, Duration.ofHours(hours), named(groups)));
    }

    private static PlanGroup group(
            Behaviour kind,
            int accounts,
            int requests,
            double share,
            Optional<Deal> deal,
            Optional<String> timing,
            double fromDay) {
        boolean hostile = kind.label() == Label.HOSTILE;
        return new PlanGroup(
                kind.kind(),
                accounts,
                new PlanGroup.Range(1, requests),
                hostile ? new PlanGroup.Share(share, 1) : PlanGroup.Share.ALL,
                List.of("chat-user", "support-bot"),
                hostile ? deal.map(d -> new CampaignPlan("c", d)) : Optional.empty(),
                Optional.empty(),
                fromDay,
                Optional.empty(),
                timing,
                Optional.empty(),
                Map.of());
    }

    private static List<PlanGroup> named(List<PlanGroup> groups) {
        List<PlanGroup> named = new ArrayList<>();
        for (PlanGroup g : groups) {
            int number = named.size();
            named.add(new PlanGroup(
                    g.kind(),
                    g.accounts(),
                    g.requests(),
                    g.share(),
                    g.cover(),
                    g.campaign().map(c -> new CampaignPlan("c" + number, c.deal())),
                    g.team(),
                    g.fromDay(),
                    g.days(),
                    g.timing(),
                    g.newAccounts(),
                    g.together()));
        }
        return named;
    }

    @Property(tries = 120)
    void anyPlanPlaysInOrderAsItsTruthSaysAndTheSameTwice(@ForAll("plans") SimulationPlan plan) {
        Simulator simulator = new Simulator(plan);
        Iterator<LabelledRequest> again = new Simulator(plan).labelled();
        long count = 0;
        long hostile = 0;
        RequestEvent before = null;
        for (Iterator<LabelledRequest> events = simulator.labelled(); events.hasNext(); ) {
            LabelledRequest request = events.next();
            RequestEvent event = request.event();
            assertThat(event).isEqualTo(again.next().event());
            if (before != null) {
                assertThat(event.getEventTime()).isGreaterThanOrEqualTo(before.getEventTime());
                if (event.getEventTime() == before.getEventTime()) {
                    assertThat(event.getEventId()).isGreaterThan(before.getEventId());
                }
            }
            before = event;
            count++;
            hostile += request.hostile() ? 1 : 0;
        }

        assertThat(again.hasNext()).isFalse();
        assertThat(count).isEqualTo(simulator.size());
        assertThat(hostile)
                .isEqualTo(simulator.truth().stream()
                        .mapToLong(TruthRow::hostileRequests)
                        .sum());
        assertThat(simulator.truth()).extracting(TruthRow::accountId).doesNotHaveDuplicates();
    }
}

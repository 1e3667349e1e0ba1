package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountState;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class WithoutCampaignsTest {
    private static final SignatureSet LIBRARY = SignatureSet.bundled();
    private static final Topics TOPICS = Topics.of("t.", 1, Topics.RequestsKept.ALL);

    /** A campaign, and harvests that single accounts show. */
    private static final Simulator TRAFFIC = new Simulator(PlanReader.read("""
            name: on-and-off
            seed: 12
            days: 3
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 60
                requests: [16, 24]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 6, payment: 10, client: 2, tls: 2}
                signed_up: [0.5, 10]
                timing: service
              - {behaviour: reasoning-trace-elicitation, accounts: 3, requests: [400, 600]}
              - {persona: chat-user, accounts: 300, requests: [6, 20]}
            """));

    private record Run(List<Alert> ofAccounts, List<Alert> ofCampaigns, Set<String> members) {
        static Run of(boolean withCampaigns) {
            List<Alert> alerts = new ArrayList<>();
            Set<String> members = new HashSet<>();
            try (OfflinePipeline pipeline = new OfflinePipeline(
                    LIBRARY,
                    Reference.bundled(),
                    withCampaigns,
                    EvaluationListener.NONE,
                    alerts::add,
                    (campaign, account, member) -> members.add(account))) {
                TRAFFIC.events().forEachRemaining(pipeline::send);
                pipeline.finish();
            }
            return new Run(
                    alerts.stream()
                            .filter(alert -> !alert.getEntityType().equals(EntityType.CAMPAIGN))
                            .toList(),
                    alerts.stream()
                            .filter(alert -> alert.getEntityType().equals(EntityType.CAMPAIGN))
                            .toList(),
                    members);
        }
    }

    @Test
    void singleAccountsAreJudgedTheSameWithCampaignsLookedForOrNot() {
        Run with = Run.of(true);
        Run without = Run.of(false);

        assertThat(with.ofCampaigns()).isNotEmpty();
        assertThat(with.members()).isNotEmpty();
        assertThat(without.ofCampaigns()).isEmpty();
        assertThat(without.members()).isEmpty();
        assertThat(without.ofAccounts()).isNotEmpty().isEqualTo(with.ofAccounts());
    }

    @Test
    void noLinksAreWrittenAndNoneAreRead() {
        assertThat(topology(true).describe().toString()).contains(TOPICS.links(), TOPICS.campaigns());
        assertThat(topology(false).describe().toString()).doesNotContain(TOPICS.links(), TOPICS.campaigns());
    }

    @Test
    void theTasksOfRequestsAreNumberedTheSameSoTheirStateIsFoundAgain() {
        assertThat(requestsSubtopology(false)).isEqualTo(requestsSubtopology(true));
    }

    private static int requestsSubtopology(boolean campaigns) {
        return topology(campaigns).describe().subtopologies().stream()
                .filter(sub -> sub.nodes().stream()
                        .anyMatch(node -> node instanceof TopologyDescription.Source source
                                && source.topicSet().contains(TOPICS.requests())))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Topology topology(boolean campaigns) {
        return PipelineTopology.build(
                PipelineTopology.Start.REQUESTS,
                PipelineOptions.defaults(1, "test").withCampaigns(campaigns),
                TOPICS,
                LIBRARY,
                new SerdeFactory(WireFormat.singleObject()));
    }

    @Test
    void nothingIsKeptOfWhatAccountsShare() {
        try (TestPipeline pipeline =
                new TestPipeline(LIBRARY, PipelineOptions.defaults(1, "test").withCampaigns(false))) {
            for (int number = 0; number < 5; number++) {
                pipeline.send(TestPipeline.event("a", number, TestPipeline.START_MS + number));
            }

            AccountState state = pipeline.accounts().open("a").state;
            assertThat(state.requests).isEqualTo(5);
            assertThat(state.links.keys(state.requests)).isEmpty();
            assertThat(state.toldLinks).isZero();
        }
    }
}

package io.stillwatch.topology.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.OfflinePipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where the work alone ties accounts, nobody is told of it before it holds at a second look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoLooksTest {
    private static final String PLAN = """
            name: two-looks
            seed: 8
            days: 2
            groups:
              - behaviour: code-harvest
                accounts: 30
                requests: [16, 24]
                campaign: {name: bare, deal: random, template: none, parameters: ordinary}
                footing: home
                signed_up: [60, 700]
                timing: flat
              - {persona: chat-user, accounts: 60, requests: [4, 16]}
            """;

    private static CompiledSignature ofAnyGroup() {
        return SignatureReader.read("any.yaml", """
                id: any-group
                version: 1
                title: Any group
                severity: low
                entity: campaign
                window: P30D
                condition: campaign_accounts >= 10.0
                score: "1.0"
                evidence: [campaign_accounts]
                """);
    }

    /** What a run gave: alerts and changes of members in their order. */
    private static final class Run {
        private final List<Object> steps = new ArrayList<>();
        private final Map<String, List<Long>> joined = new HashMap<>();
        private final Set<String> leftUnnamed = new HashSet<>();

        Run() {
            Map<String, Set<String>> members = new HashMap<>();
            try (OfflinePipeline pipeline = new OfflinePipeline(
                    SignatureSet.of(List.of(ofAnyGroup())),
                    Reference.bundled(),
                    true,
                    EvaluationListener.NONE,
                    steps::add,
                    (campaign, account, member) -> {
                        Set<String> of = members.computeIfAbsent(campaign, unused -> new HashSet<>());
                        if (member.isPresent()) {
                            of.add(account);
                            steps.add(member.get());
                            joined.computeIfAbsent(campaign, unused -> new ArrayList<>())
                                    .add(member.get().getTime());
                        } else if (!of.remove(account)) {
                            leftUnnamed.add(account);
                        }
                    })) {
                new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(pipeline::send);
                pipeline.finish();
            }
        }

        private List<Alert> alerts() {
            return steps.stream()
                    .filter(Alert.class::isInstance)
                    .map(Alert.class::cast)
                    .toList();
        }

        private List<CampaignMember> members() {
            return steps.stream()
                    .filter(CampaignMember.class::isInstance)
                    .map(CampaignMember.class::cast)
                    .toList();
        }
    }

    private final Run run = new Run();

    @Test
    void membersWereSeenOnceBeforeTheyAreNamed() {
        assertThat(run.members())
                .isNotEmpty()
                .allSatisfy(member -> assertThat(member.getJoinedAt())
                        .as("the first look that found it comes before the one that named it")
                        .isLessThan(member.getTime()));
    }

    @Test
    void theAlertComesWithTheSecondLookAndNamesThoseOfTheFirst() {
        Alert first = run.alerts().get(0);

        assertThat(first.getLinkedAccounts()).isNotEmpty();
        assertThat(run.members())
                .filteredOn(member -> member.getTime() == first.getTime())
                .extracting(CampaignMember::getAccountId)
                .containsAll(first.getLinkedAccounts());
    }

    @Test
    void whoWasNeverNamedIsNotSaidToHaveLeft() {
        assertThat(run.leftUnnamed).isEmpty();
    }

    @Test
    void theSameEventsGiveTheSameSteps() {
        assertThat(new Run().steps).isEqualTo(run.steps);
    }
}

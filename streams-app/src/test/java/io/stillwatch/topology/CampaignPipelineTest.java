package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Reference;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Finding;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignPipelineTest {
    /** Twelve requests an account: too few for any signature of accounts. */
    private static final String PLAN = """
            name: campaign
            seed: 5
            days: 3
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 40
                requests: [10, 14]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 5, payment: 8, client: 1, tls: 1}
                signed_up: [0.5, 10]
                timing: service
              - {persona: chat-user, accounts: 140, requests: [4, 16]}
              - {persona: popular-app, accounts: 30, requests: [3, 14]}
              - {persona: class, accounts: 28, requests: [5, 12]}
            """;

    private final Simulator simulator = new Simulator(PlanReader.read(PLAN));
    private final Run run = new Run();

    /** What a run gave. */
    private final class Run {
        private final List<Alert> steps = new ArrayList<>();
        private final Map<String, Map<String, CampaignMember>> members = new TreeMap<>();

        private void play(SignatureSet signatures) {
            try (OfflinePipeline pipeline = new OfflinePipeline(
                    signatures,
                    Reference.bundled(),
                    true,
                    EvaluationListener.NONE,
                    step -> {
                        if (step.getEntityType().equals("campaign")) {
                            steps.add(step);
                        }
                    },
                    (campaign, account, member) -> {
                        Map<String, CampaignMember> of = members.computeIfAbsent(campaign, unused -> new TreeMap<>());
                        of.remove(account);
                        member.ifPresent(known -> of.put(account, known));
                    })) {
                simulator.events().forEachRemaining(pipeline::send);
                pipeline.finish();
            }
        }
    }

    @BeforeAll
    void play() {
        run.play(SignatureSet.bundled());
    }

    private Set<String> hydra() {
        return simulator.truth().stream()
                .filter(row -> row.campaignId().equals("hydra"))
                .map(TruthRow::accountId)
                .collect(Collectors.toSet());
    }

    @Test
    void accountsThatAreEachBelowAnyThresholdAreFoundTogether() {
        assertThat(run.members).hasSize(1);
        assertThat(run.members.values().iterator().next().keySet()).isEqualTo(hydra());
    }

    @Test
    void aCampaignHasOneAlertThatSaysWhatIsHarvested() {
        Alert last = run.steps.get(run.steps.size() - 1);

        assertThat(run.steps).extracting(Alert::getAlertId).containsOnly(last.getAlertId());
        assertThat(run.steps)
                .extracting(Alert::getSequence)
                .containsExactlyElementsOf(run.steps.stream()
                        .map(step -> (long) run.steps.indexOf(step))
                        .toList());
        assertThat(run.steps.get(0).getState()).isEqualTo(AlertState.OPENED);
        assertThat(last.getFindings())
                .extracting(Finding::getSignatureId)
                .contains("sharded-harvest", "reasoning-trace-elicitation");
        assertThat(hydra()).containsAll(last.getLinkedAccounts());
        assertThat(last.getExplanation()).contains("accounts").contains("campaign " + last.getEntityId());
    }

    @Test
    void everyMemberIsTiedByMoreThanOneThingAndSaysBy() {
        assertThat(run.members.values().iterator().next().values()).allSatisfy(member -> {
            assertThat(member.getSharedKinds()).hasSizeGreaterThan(1);
            assertThat(member.getReason()).startsWith("shares its ").endsWith(" of the members");
            assertThat(member.getConfidence()).isBetween(0.5, 1.0);
            assertThat(member.getRequests()).isPositive();
        });
    }

    @Test
    void theSameEventsGiveTheSameCampaign() {
        Run again = new Run();
        again.play(SignatureSet.bundled());

        assertThat(again.steps).isEqualTo(run.steps);
        assertThat(again.members).isEqualTo(run.members);
    }
}

package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.Policy;
import io.stillwatch.decision.PolicyReader;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From requests to what gateways are told, in the whole topology. */
class DecisionsTest {
    private static final SignatureSet SIGNATURES =
            SignatureSet.of(List.of(SignatureReader.read("new-prompts.yaml", """
                    id: new-prompts
                    version: 1
                    title: A test
                    severity: high
                    status: stable
                    window: PT24H
                    minimum: 20
                    condition: "prompt_novelty >= 0.9"
                    score: prompt_novelty
                    evidence: [prompt_novelty, requests]
                    """)));

    private static final Policy POLICY = PolicyReader.read("p.yaml", """
            name: test
            version: 1
            mode: enforce
            rules:
              - {name: block, severity: high, action: block, valid: PT24H}
            ceiling: {blocks_an_hour: 2}
            """);

    private TestPipeline pipeline = pipeline(POLICY);

    private static TestPipeline pipeline(Policy policy) {
        return new TestPipeline(
                SIGNATURES,
                PipelineOptions.defaults(1, "test").withPolicy(new DecisionRules(policy, Optional.empty())));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private void harvest(String account) {
        for (int number = 0; number < 25; number++) {
            pipeline.send(TestPipeline.event(account, number, START_MS + number * MINUTE_MS));
        }
    }

    private void endOfHour() {
        pipeline.reach(START_MS + 5 * HOUR_MS);
        pipeline.notice();
    }

    private static TriageRecord lift() {
        return TriageRecord.newBuilder()
                .setId("order-1")
                .setTime(START_MS)
                .setBy("ann")
                .setAction(TriageAction.LIFT)
                .build();
    }

    @Test
    void aHarvesterIsBlockedAndAnHonestAccountIsNot() {
        harvest("a");
        pipeline.send(TestPipeline.event("honest", 1, START_MS));
        endOfHour();

        assertThat(pipeline.decisions()).singleElement().satisfies(record -> {
            assertThat(record.key).isEqualTo("a");
            assertThat(record.value.getAction()).isEqualTo(DecisionAction.BLOCK);
            assertThat(record.value.getAccountId()).isEqualTo("a");
            assertThat(record.value.getSignatureIds()).containsExactly("new-prompts");
        });
        assertThat(pipeline.decision("a").map(Decision::getAction)).contains(DecisionAction.BLOCK);
        assertThat(pipeline.decision("honest")).isEmpty();
    }

    @Test
    void anOrderLiftsWhatWasDecidedBeforeItOnce() {
        harvest("a");
        endOfHour();
        pipeline.decisions();

        pipeline.order(lift());
        assertThat(pipeline.decisions()).containsExactly(new KeyValue<>("a", null));
        assertThat(pipeline.decision("a")).isEmpty();

        pipeline.order(lift());
        harvest("b");
        endOfHour();
        pipeline.notice();
        assertThat(pipeline.decision("b")).isPresent();
    }

    @Test
    void disablingASignatureTakesBackWhatRestedOnItAlone() {
        harvest("a");
        endOfHour();
        pipeline.publish(SignatureDefinition.newBuilder()
                .setId("new-prompts")
                .setVersion(0)
                .setYaml("")
                .setDisabled(true)
                .setPublishedAt(START_MS)
                .build());

        assertThat(pipeline.decision("a")).isEmpty();
    }

    @Test
    void theCeilingHoldsInTheTopologyToo() {
        for (int account = 0; account < 6; account++) {
            harvest("a" + account);
        }
        endOfHour();

        List<KeyValue<String, Decision>> told = pipeline.decisions();
        assertThat(told).hasSize(6);
        assertThat(told)
                .filteredOn(record -> record.value.getAction() == DecisionAction.BLOCK)
                .hasSize(2);
        assertThat(pipeline.metric("block-total")).isEqualTo(2);
        assertThat(pipeline.metric("challenge-total")).isEqualTo(4);
        assertThat(pipeline.metric("beyond-ceiling-total")).isEqualTo(4);
    }

    @Test
    void aDryRunAndObservingTellGatewaysNothing() {
        for (Policy.Mode mode : List.of(Policy.Mode.DRY_RUN, Policy.Mode.OBSERVE)) {
            pipeline.close();
            pipeline = pipeline(POLICY.in(mode));
            harvest("a");
            endOfHour();

            assertThat(pipeline.alerts()).hasSize(1);
            assertThat(pipeline.decisions()).isEmpty();
            assertThat(pipeline.metric("block-total")).isEqualTo(mode == Policy.Mode.DRY_RUN ? 1 : 0);
        }
    }

    @Test
    void aCampaignThatGrowsIsDecidedAboutThroughItsMembers() {
        assertThat(pipeline.decisions()).isEmpty();
        pipeline.member("c-1", "m1", 0.9, START_MS);
        pipeline.alertOfCampaign("c-1", START_MS + 1);
        pipeline.member("c-1", "m2", 0.9, START_MS + 2);
        assertThat(pipeline.decisions()).extracting(record -> record.key).containsExactly("m1", "m2");

        pipeline.leave("c-1", "m1");
        assertThat(pipeline.decisions()).containsExactly(new KeyValue<>("m1", null));
    }
}

package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.DAY_MS;
import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountCodec;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.ShadowMemory;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.ShadowFindingState;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.signature.Seal;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signatures that are published, changed and disabled while the pipeline runs. */
class LiveSignaturesTest {
    private static final String NEW_PROMPTS = yaml("new-prompts", 1, "stable", "prompt_novelty >= 0.9");

    private final TestPipeline pipeline = new TestPipeline(SignatureSet.of(
            List.of(SignatureReader.read("given.yaml", yaml("given", 1, "stable", "logprobs_share >= 0.9")))));

    private static String yaml(String id, int version, String status, String condition) {
        return yaml(id, version, status, "PT24H", condition);
    }

    private static String yaml(String id, int version, String status, String window, String condition) {
        return """
                id: %s
                version: %d
                title: A test
                severity: high
                status: %s
                window: %s
                minimum: 20
                condition: "%s"
                score: prompt_novelty
                evidence: [prompt_novelty, requests]
                """.formatted(id, version, status, window, condition);
    }

    private static SignatureDefinition definition(String id, int version, String yaml) {
        return SignatureDefinition.newBuilder()
                .setId(id)
                .setVersion(version)
                .setYaml(yaml)
                .setPublishedAt(START_MS)
                .build();
    }

    private static SignatureDefinition disabled(String id) {
        return SignatureDefinition.newBuilder(definition(id, 0, ""))
                .setDisabled(true)
                .build();
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private void send(String account, int requests, long fromMs) {
        for (int number = 0; number < requests; number++) {
            pipeline.send(TestPipeline.event(
                    account, (int) (fromMs / MINUTE_MS % 100_000) + number, fromMs + number * MINUTE_MS));
        }
    }

    private List<Alert> alertsOf(String account) {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getEntityId().equals(account))
                .toList();
    }

    @Test
    void aPublishedSignatureFindsWhatIsInTheWindowAlreadyWithoutAnotherRequest() {
        send("a", 25, START_MS);
        send("b", 5, START_MS);
        pipeline.notice();
        assertThat(pipeline.alerts()).isEmpty();

        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));

        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getEntityId()).isEqualTo("a");
            assertThat(alert.getRequests()).isEqualTo(25);
            assertThat(alert.getTime()).isBetween(START_MS + 24 * MINUTE_MS, START_MS + HOUR_MS - 1);
            assertThat(alert.getFindings()).singleElement().satisfies(finding -> {
                assertThat(finding.getSignatureId()).isEqualTo("new-prompts");
                assertThat(finding.getSignatureVersion()).isEqualTo(1);
                assertThat(finding.getRequests()).isEqualTo(25);
            });
        });
    }

    @Test
    void withTrustedKeysOnlyWhatOneOfThemSealedIsTakenUp() throws Exception {
        KeyPair publisher = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        TestPipeline guarded = new TestPipeline(
                SignatureSet.of(List.of(
                        SignatureReader.read("given.yaml", yaml("given", 1, "stable", "logprobs_share >= 0.9")))),
                PipelineOptions.defaults(1, "test").withPublishers(List.of(publisher.getPublic())));
        try {
            for (int number = 0; number < 25; number++) {
                guarded.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
            }

            guarded.publish(definition("new-prompts", 1, NEW_PROMPTS));
            guarded.publish(Seal.set(definition("new-prompts", 1, NEW_PROMPTS), stranger.getPrivate()));
            assertThat(guarded.alerts()).isEmpty();

            guarded.publish(Seal.set(definition("new-prompts", 1, NEW_PROMPTS), publisher.getPrivate()));
            assertThat(guarded.alerts()).extracting(Alert::getEntityId).containsExactly("a");
        } finally {
            guarded.close();
        }
    }

    @Test
    void everyAccountIsLookedAtHoweverManyThereAre() {
        for (int account = 0; account < 600; account++) {
            for (int number = 0; number < 15; number++) {
                pipeline.send(TestPipeline.event("a" + account, number, START_MS + number * MINUTE_MS));
            }
        }
        assertThat(pipeline.alerts()).isEmpty();

        pipeline.publish(
                definition("few", 1, yaml("few", 1, "stable", "requests >= 15").replace("20", "15")));

        assertThat(pipeline.alerts())
                .hasSize(600)
                .extracting(Alert::getEntityId)
                .doesNotHaveDuplicates();
    }

    @Test
    void theWallClockAloneDoesNothing() {
        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));
        send("a", 18, START_MS);
        pipeline.notice();
        pipeline.notice();

        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void aTwinThatGetsTheDefinitionFirstSendsTheSameAlertsForTheSameRequests() {
        try (TestPipeline twin = new TestPipeline(SignatureSet.of(List.of(
                SignatureReader.read("given.yaml", yaml("given", 1, "stable", "logprobs_share >= 0.9")),
                SignatureReader.read("new.yaml", NEW_PROMPTS))))) {
            pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));
            for (int number = 0; number < 60; number++) {
                twin.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
                pipeline.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
                pipeline.notice();
            }

            assertThat(pipeline.alerts()).isNotEmpty().isEqualTo(twin.alerts());
        }
    }

    @Test
    void aDisabledSignatureFindsNothingMoreAndItsAlertCloses() {
        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));
        send("a", 25, START_MS);
        assertThat(pipeline.alerts()).extracting(Alert::getState).containsExactly(AlertState.OPENED);

        pipeline.publish(disabled("new-prompts"));

        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.CLOSED);
            assertThat(alert.getSequence()).isEqualTo(1);
            assertThat(alert.getCloseReason()).isEqualTo("Its signature new-prompts may no longer alert.");
        });
        send("b", 40, START_MS);
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void anAlertThatRestsOnAnotherSignatureTooStaysOpen() {
        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));
        pipeline.publish(definition("many", 1, yaml("many", 1, "stable", "requests >= 20")));
        send("a", 25, START_MS);
        assertThat(pipeline.alerts().get(0).getFindings()).hasSize(2);

        pipeline.publish(disabled("many"));

        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void aGivenSignatureCanBeReplacedDisabledAndBroughtBack() {
        send("a", 25, START_MS);
        pipeline.publish(definition("given", 2, yaml("given", 2, "stable", "prompt_novelty >= 0.9")));
        assertThat(pipeline.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getFindings().get(0).getSignatureVersion())
                        .isEqualTo(2));

        pipeline.publish(disabled("given"));
        assertThat(pipeline.alerts()).extracting(Alert::getState).containsExactly(AlertState.CLOSED);

        pipeline.publish("given", null);
        for (int number = 0; number < 40; number++) {
            var event = TestPipeline.event("b", number, START_MS + number * MINUTE_MS);
            event.setLogprobs(true);
            pipeline.send(event);
        }
        assertThat(pipeline.alerts())
                .filteredOn(alert -> alert.getEntityId().equals("b"))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.getFindings().get(0).getSignatureVersion())
                        .isEqualTo(1));
    }

    @Test
    void definitionsThatCannotBeUsedAreSkippedAndTheOthersRun() {
        pipeline.publish("noise", "no definition".getBytes(StandardCharsets.UTF_8));
        pipeline.publish("empty", new byte[0]);
        pipeline.publish(definition("broken", 1, "id: broken\ncondition: [\n"));
        assertThat(pipeline.metric("unreadable-signature-definitions")).isEqualTo(3);
        pipeline.publish(definition("null-window", 1, NEW_PROMPTS.replace("PT24H", "[null]")));
        pipeline.publish(definition("other-name", 1, NEW_PROMPTS));
        pipeline.publish(definition(
                "fails", 1, yaml("fails", 1, "stable", "[true][int(requests)]").replace("minimum: 20", "minimum: 1")));
        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));
        send("a", 25, START_MS);

        assertThat(pipeline.alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.getFindings().get(0).getSignatureId()).isEqualTo("new-prompts"));
        assertThat(pipeline.deadLetters()).isZero();
    }

    @Test
    void aBrokenDefinitionLeavesTheGivenSignatureInEffect() {
        pipeline.publish(definition("given", 9, "id: given"));
        for (int number = 0; number < 40; number++) {
            var event = TestPipeline.event("b", number, START_MS + number * MINUTE_MS);
            event.setLogprobs(true);
            pipeline.send(event);
        }

        assertThat(pipeline.alerts()).isNotEmpty();
    }

    @Test
    void anAlertThatQuietHasClosedIsNotOpenedAgainByAnotherSignature() {
        pipeline.publish(definition("week", 1, yaml("week", 1, "stable", "P7D", "prompt_novelty >= 0.9")));
        send("a", 25, START_MS);
        for (int hour = 1; hour <= 40; hour++) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }
        assertThat(alertsOf("a")).extracting(Alert::getState).containsExactly(AlertState.OPENED, AlertState.CLOSED);

        pipeline.publish(definition("other", 1, yaml("other", 1, "stable", "P7D", "logprobs_share >= 0.9")));
        assertThat(alertsOf("a")).isEmpty();

        pipeline.publish(definition("more", 1, yaml("more", 1, "stable", "P7D", "prompt_novelty >= 0.8")));
        assertThat(alertsOf("a"))
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.getTime()).isBetween(START_MS + 39 * HOUR_MS, START_MS + 41 * HOUR_MS));
    }

    @Test
    void whatIsNoLongerInTheWindowIsNotFound() {
        send("a", 25, START_MS);
        for (int hour = 1; hour <= 30; hour++) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }

        pipeline.publish(definition("new-prompts", 1, NEW_PROMPTS));

        assertThat(pipeline.alerts()).noneMatch(alert -> alert.getEntityId().equals("a"));
    }

    @Test
    void aShadowSignatureTellsWhenItBeginsAndEndsAndNeverAlerts() {
        pipeline.publish(definition("new-prompts", 1, yaml("new-prompts", 1, "shadow", "prompt_novelty >= 0.9")));
        send("a", 25, START_MS);

        assertThat(pipeline.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getState()).isEqualTo(ShadowFindingState.BEGAN);
            assertThat(finding.getEntityId()).isEqualTo("a");
            assertThat(finding.getEvidence()).containsEntry("prompt_novelty", 1.0);
        });
        for (int number = 0; number < 200; number++) {
            pipeline.send(TestPipeline.event("a", 1_000 + number, START_MS + 30 * MINUTE_MS, "the same again"));
        }
        assertThat(pipeline.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getState()).isEqualTo(ShadowFindingState.ENDED);
            assertThat(finding.getSince()).isLessThan(finding.getTime());
        });
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void aShadowFindingEndsWhenTheAccountFallsSilentOrTheSignatureIsDisabled() {
        pipeline.publish(definition("new-prompts", 1, yaml("new-prompts", 1, "shadow", "prompt_novelty >= 0.9")));
        send("a", 25, START_MS);
        for (int hour = 1; hour <= 30; hour++) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }
        assertThat(pipeline.findings())
                .filteredOn(finding -> finding.getEntityId().equals("a"))
                .extracting(ShadowFinding::getState)
                .containsExactly(ShadowFindingState.BEGAN, ShadowFindingState.ENDED);

        send("b", 25, START_MS + DAY_MS + 7 * HOUR_MS);
        pipeline.publish(disabled("new-prompts"));
        assertThat(pipeline.findings())
                .filteredOn(finding -> finding.getEntityId().equals("b"))
                .extracting(ShadowFinding::getState)
                .containsExactly(ShadowFindingState.BEGAN, ShadowFindingState.ENDED);
    }

    @Test
    void anotherVersionOfAShadowSignatureIsAnotherFinding() {
        pipeline.publish(definition("new-prompts", 1, yaml("new-prompts", 1, "shadow", "prompt_novelty >= 0.9")));
        send("a", 25, START_MS);
        pipeline.publish(definition("new-prompts", 2, yaml("new-prompts", 2, "shadow", "prompt_novelty >= 0.8")));

        assertThat(pipeline.findings())
                .extracting(finding -> finding.getSignatureVersion() + " " + finding.getState())
                .containsExactly("1 BEGAN", "1 ENDED", "2 BEGAN");
    }

    @Test
    void theRecordOfAnAccountKeepsItsShadowFindings() {
        AccountEntry entry = AccountEntry.fresh("a");
        entry.state.shadows = ShadowMemory.NONE
                .with("new-prompts", new ShadowMemory.Held(3, START_MS))
                .heldAt(START_MS + 1);
        AccountState read = AccountCodec.decode("a", AccountCodec.encode(entry, new StateWriter())).state;
        assertThat(read.shadows.held()).isEqualTo(entry.state.shadows.held());
        assertThat(read.shadows.lastHeldMs()).isEqualTo(START_MS + 1);
    }
}

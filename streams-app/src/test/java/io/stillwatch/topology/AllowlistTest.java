package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that are not to raise alerts, added and removed while the pipeline runs. */
class AllowlistTest {
    private final TestPipeline pipeline = new TestPipeline(SignatureSet.of(
            List.of(signature("new-prompts", "prompt_novelty >= 0.9"), signature("many", "requests >= 40"))));

    private static io.stillwatch.signature.CompiledSignature signature(String id, String condition) {
        return SignatureReader.read(id + ".yaml", """
                id: %s
                version: 1
                title: A test
                severity: high
                window: PT24H
                minimum: 20
                condition: %s
                score: prompt_novelty
                evidence: [prompt_novelty, requests]
                """.formatted(id, condition));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static AllowlistEntry.Builder entry(String id, AllowlistKind kind, String value) {
        return AllowlistEntry.newBuilder()
                .setId(id)
                .setKind(kind)
                .setValue(value)
                .setReason("our own evaluation")
                .setOwner("ann")
                .setAddedAt(START_MS)
                .setAddedBy("bob");
    }

    private void send(String account, int requests, long fromMs) {
        for (int number = 0; number < requests; number++) {
            RequestEvent event = TestPipeline.event(
                    account, (int) (fromMs / MINUTE_MS % 100_000) + number, fromMs + number * MINUTE_MS);
            event.setOrganizationId("org-1");
            event.setLinks(Map.of("payment", "card-1"));
            pipeline.send(event);
        }
    }

    private static String told(ShadowFinding finding) {
        return finding.getSignatureId() + " " + finding.getState() + " " + finding.getAllowlistId();
    }

    @Test
    void anAllowedAccountRaisesNoAlertAndWhatIsSuppressedIsTold() {
        pipeline.allow(entry("w-1", AllowlistKind.ACCOUNT, "a").build());
        send("a", 25, START_MS);
        send("b", 25, START_MS);

        assertThat(pipeline.alerts()).extracting(Alert::getEntityId).containsExactly("b");
        assertThat(pipeline.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getEntityId()).isEqualTo("a");
            assertThat(told(finding)).isEqualTo("new-prompts BEGAN w-1");
        });
    }

    @Test
    void anEntryClosesTheOpenAlertAtOnceAndItsRemovalBringsItBackAtOnce() {
        send("a", 25, START_MS);
        assertThat(pipeline.alerts()).hasSize(1);

        pipeline.allow(entry("w-1", AllowlistKind.ACCOUNT, "a").build());
        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.CLOSED);
            assertThat(alert.getCloseReason()).isEqualTo("Allowed by ann (w-1): our own evaluation");
        });
        assertThat(pipeline.findings()).extracting(AllowlistTest::told).containsExactly("new-prompts BEGAN w-1");

        pipeline.allow("w-1", null);
        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.REOPENED);
            assertThat(alert.getSequence()).isEqualTo(2);
        });
        assertThat(pipeline.findings()).extracting(AllowlistTest::told).containsExactly("new-prompts ENDED w-1");
    }

    @Test
    void organizationsAndLinkKeysAreAllowedByTokenAndByHash() {
        for (AllowlistEntry entry : List.of(
                entry("w-1", AllowlistKind.ORGANIZATION, "org-1").build(),
                entry("w-2", AllowlistKind.LINK_KEY, "payment:card-1").build(),
                entry("w-3", AllowlistKind.LINK_KEY, "payment:" + AllowlistValue.hashed("card-1"))
                        .build())) {
            send("a-" + entry.getId(), 25, START_MS);
            assertThat(pipeline.alerts()).extracting(Alert::getState).containsExactly(AlertState.OPENED);
            pipeline.allow(entry);
            assertThat(pipeline.alerts())
                    .as(entry.getValue())
                    .isNotEmpty()
                    .extracting(Alert::getState)
                    .containsOnly(AlertState.CLOSED);
            pipeline.allow(entry.getId(), null);
            assertThat(pipeline.alerts()).extracting(Alert::getState).containsOnly(AlertState.REOPENED);
            pipeline.allow(entry("z", AllowlistKind.ORGANIZATION, "org-1").build());
            pipeline.allow("z", null);
            pipeline.alerts();
        }
        pipeline.allow(entry("w-9", AllowlistKind.LINK_KEY, "network:card-1").build());
        assertThat(pipeline.alerts()).as("another kind of link key").isEmpty();
    }

    @Test
    void anEntryForOneSignatureLeavesTheOthers() {
        pipeline.allow(entry("w-1", AllowlistKind.ACCOUNT, "a")
                .setSignatureId("new-prompts")
                .build());
        send("a", 30, START_MS);
        assertThat(pipeline.alerts()).isEmpty();
        assertThat(pipeline.findings()).extracting(AllowlistTest::told).containsExactly("new-prompts BEGAN w-1");

        send("a", 25, START_MS + 30 * MINUTE_MS);
        assertThat(pipeline.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getFindings())
                        .extracting(finding -> finding.getSignatureId())
                        .containsExactly("many"));
    }

    @Test
    void anEntryLapsesByEventTimeAndTheAlertComesAtTheNextLook() {
        pipeline.allow(entry("w-1", AllowlistKind.ACCOUNT, "a")
                .setExpiresAt(START_MS + HOUR_MS)
                .build());
        send("a", 25, START_MS);
        assertThat(pipeline.alerts()).isEmpty();
        pipeline.notice();
        assertThat(pipeline.alerts()).isEmpty();

        send("a", 25, START_MS + HOUR_MS);
        assertThat(pipeline.alerts()).first().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
            assertThat(alert.getTime()).isGreaterThanOrEqualTo(START_MS + HOUR_MS);
        });
        assertThat(pipeline.findings())
                .extracting(AllowlistTest::told)
                .startsWith("new-prompts BEGAN w-1", "new-prompts ENDED w-1");
    }

    @Test
    void whatCannotBeReadAllowsNothing() {
        pipeline.allow("w-1", "no entry".getBytes(StandardCharsets.UTF_8));
        pipeline.allow(entry("w-2", AllowlistKind.OTHER, "a").build());
        pipeline.allow(entry("w-3", AllowlistKind.LINK_KEY, "payment").build());
        send("a", 25, START_MS);

        assertThat(pipeline.alerts()).hasSize(1);
        assertThat(pipeline.findings()).isEmpty();
    }

    @Test
    void anAllowedAccountThatFallsSilentIsToldToHaveEnded() {
        pipeline.allow(entry("w-1", AllowlistKind.ACCOUNT, "a").build());
        send("a", 25, START_MS);
        for (int hour = 1; hour <= 30; hour++) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }

        assertThat(pipeline.findings())
                .extracting(AllowlistTest::told)
                .containsExactly("new-prompts BEGAN w-1", "new-prompts ENDED w-1");
    }
}

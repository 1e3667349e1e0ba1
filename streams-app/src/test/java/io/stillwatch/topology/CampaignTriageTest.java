package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.ShadowFindingState;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What analysts do about a campaign, one after the other on one pipeline, as finding a campaign takes a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CampaignTriageTest {
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

    private TestPipeline pipeline;
    private Alert newest;
    private int orders;

    @BeforeAll
    void findTheCampaign() {
        pipeline = new TestPipeline(SignatureSet.bundled());
        List<RequestEvent> events = new ArrayList<>();
        new Simulator(PlanReader.read(PLAN)).events().forEachRemaining(events::add);
        events.sort(Comparator.comparingLong(RequestEvent::getEventTime));
        events.forEach(event -> {
            event.setOrganizationId(
                    event.getLinks() == null
                            ? null
                            : "org of " + event.getLinks().get("tls"));
            pipeline.send(event);
        });
        List<Alert> steps = pipeline.alerts().stream()
                .filter(alert -> alert.getEntityType().equals("campaign"))
                .toList();
        newest = steps.get(steps.size() - 1);
        assertThat(newest.getState()).isNotEqualTo(AlertState.CLOSED);
        pipeline.findings();
    }

    @AfterAll
    void close() {
        pipeline.close();
    }

    private Alert next() {
        assertThat(pipeline.alerts()).singleElement().satisfies(step -> {
            assertThat(step.getAlertId()).isEqualTo(newest.getAlertId());
            assertThat(step.getSequence()).isEqualTo(newest.getSequence() + 1);
            newest = step;
        });
        return newest;
    }

    private void order(TriageAction action) {
        pipeline.order(TriageRecord.newBuilder()
                .setId("order-" + orders++)
                .setTime(1)
                .setBy("ann")
                .setAction(action)
                .setAlertId(newest.getAlertId())
                .setEntityType("campaign")
                .setEntityId(newest.getEntityId())
                .setReason("because")
                .build());
    }

    private static AllowlistEntry.Builder entry(AllowlistKind kind, String value) {
        return AllowlistEntry.newBuilder()
                .setId("w-1")
                .setKind(kind)
                .setValue(value)
                .setReason("a class")
                .setOwner("ann")
                .setAddedAt(1)
                .setAddedBy("ann");
    }

    @Test
    @Order(1)
    void ordersMakeStepsOfTheCampaignsAlert() {
        order(TriageAction.ACKNOWLEDGE);
        assertThat(next().getAcknowledgedBy()).isEqualTo("ann");
        order(TriageAction.CLOSE);
        assertThat(next().getState()).isEqualTo(AlertState.CLOSED);
        order(TriageAction.REOPEN);
        assertThat(next().getState()).isEqualTo(AlertState.REOPENED);
        assertThat(newest.getHistory()).hasSize(1);
        assertThat(newest.getAccounts()).isGreaterThan(20);
    }

    @Test
    @Order(2)
    void anEntryForTheCampaignClosesItsAlertAndItsRemovalOpensItAgain() {
        allowAndRemove(entry(AllowlistKind.CAMPAIGN, newest.getEntityId()).build());
    }

    @Test
    @Order(3)
    void aCampaignHalfOfWhoseMembersAreAllowedRaisesNoAlert() {
        allowAndRemove(entry(AllowlistKind.LINK_KEY, "tls:" + tls()).build());
        allowAndRemove(entry(AllowlistKind.ORGANIZATION, "org of " + tls()).build());
    }

    /** The one that all members share. */
    private static String tls() {
        List<RequestEvent> events = new ArrayList<>();
        Simulator simulator = new Simulator(PlanReader.read(PLAN));
        simulator.events().forEachRemaining(events::add);
        String member = simulator.truth().stream()
                .filter(row -> row.campaignId().equals("hydra"))
                .findFirst()
                .orElseThrow()
                .accountId();
        return events.stream()
                .filter(event -> event.getAccountId().equals(member))
                .findFirst()
                .orElseThrow()
                .getLinks()
                .get("tls");
    }

    @Test
    @Order(4)
    void fewMembersThatAreAllowedChangeNothing() {
        pipeline.allow(
                entry(AllowlistKind.ACCOUNT, newest.getLinkedAccounts().get(0)).build());
        pipeline.allow("w-1", null);
        assertThat(pipeline.alerts()).isEmpty();
    }

    private void allowAndRemove(AllowlistEntry entry) {
        pipeline.allow(entry);
        Alert closed = next();
        assertThat(closed.getState()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.getCloseReason()).startsWith("Allowed by ann (w-1)");
        assertThat(pipeline.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.getState()).isEqualTo(ShadowFindingState.BEGAN);
            assertThat(finding.getEntityType()).isEqualTo("campaign");
            assertThat(finding.getAllowlistId()).isEqualTo("w-1");
        });
        pipeline.allow("w-1", null);
        assertThat(next().getState()).isEqualTo(AlertState.REOPENED);
        assertThat(pipeline.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.getState()).isEqualTo(ShadowFindingState.ENDED));
    }
}

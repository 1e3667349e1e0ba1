package io.stillwatch.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.Severity;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final long T = Steps.START_MS;
    private static final long HOUR_MS = Steps.HOUR_MS;

    private static final String POLICY = """
            name: strict
            version: 3
            mode: enforce
            rules:
              - {name: block-critical, severity: critical, entity: account, action: block, valid: PT24H}
              - {name: challenge-members, entity: campaign, confidence: 0.8, action: challenge, valid: PT12H}
              - {name: slow, severity: high, action: throttle, rate: 20, valid: PT6H}
            ceiling: {blocks_an_hour: 3}
            """;

    private final Policy policy = PolicyReader.read("p.yaml", POLICY);
    private final Steps steps = new Steps();
    private final Desk desk = new Desk(policy);

    @Test
    void anAlertLeadsToTheMeasureOfTheFirstRuleThatFits() {
        desk.alert(steps.account("a", Severity.CRITICAL, T));
        desk.alert(steps.account("b", Severity.HIGH, T));
        desk.alert(steps.account("c", Severity.MEDIUM, T));

        Decision blocked = desk.published.get("a");
        assertThat(blocked.getAction()).isEqualTo(DecisionAction.BLOCK);
        assertThat(blocked.getDecidedAt()).isEqualTo(T);
        assertThat(blocked.getValidUntil()).isEqualTo(T + 24 * HOUR_MS);
        assertThat(blocked.getEffectiveFrom()).isNull();
        assertThat(blocked.getAlertId()).isEqualTo("al-account-a");
        assertThat(blocked.getSignatureIds()).containsExactly("bulk");
        assertThat(blocked.getPolicy()).isEqualTo("strict v3");
        assertThat(blocked.getReason())
                .isEqualTo("Alert al-account-a of severity critical (bulk): rule block-critical says block.");
        assertThat(desk.published.get("b").getRate()).isEqualTo(20.0);
        assertThat(desk.action("c")).isEqualTo(DecisionAction.ALLOW);
    }

    @Test
    void aWorseStepMakesTheMeasureHarderAndAStepThatChangesNothingIsNotTold() {
        desk.alert(steps.account("a", Severity.HIGH, T));
        desk.alert(steps.account("a", Severity.CRITICAL, T + 1));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.BLOCK);
        int told = desk.changes.size();

        desk.alert(steps.account("b", Severity.LOW, T + 1));
        assertThat(desk.changes).hasSize(told);
    }

    @Test
    void membersOfACampaignShareItsDecisionWhicheverIsToldFirst() {
        desk.join("c-1", "early", 0.9, T);
        desk.alert(steps.found("campaign", "c-1", Severity.HIGH, 0.7, T, "sharded"));
        desk.join("c-1", "late", 0.9, T + 1);
        desk.join("c-1", "doubtful", 0.5, T + 1);

        assertThat(desk.action("early")).isEqualTo(DecisionAction.CHALLENGE);
        assertThat(desk.action("late")).isEqualTo(DecisionAction.CHALLENGE);
        assertThat(desk.action("doubtful")).isEqualTo(DecisionAction.THROTTLE);
        assertThat(desk.published.get("late").getCampaignId()).isEqualTo("c-1");
        assertThat(desk.published.get("late").getReason()).startsWith("Member of campaign c-1, alert al-campaign-c-1");

        desk.leave("c-1", "late", T + 2);
        assertThat(desk.action("late")).isEqualTo(DecisionAction.ALLOW);
        assertThat(desk.action("early")).isEqualTo(DecisionAction.CHALLENGE);
    }

    @Test
    void theHardestOfAnAccountsMeasuresCountsAndTheNextOneTakesOver() {
        desk.join("c-1", "a", 0.9, T);
        desk.alert(steps.found("campaign", "c-1", Severity.HIGH, 0.7, T, "sharded"));
        desk.alert(steps.account("a", Severity.CRITICAL, T + 1));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.BLOCK);

        desk.alert(steps.judged("account", "a", T + 2, "false_positive"));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.CHALLENGE);
    }

    @Test
    void anAlertThatIsTakenBackLiftsAtOnceAndOneThatFellQuietLapses() {
        for (String account : new String[] {"false", "benign", "withdrawn"}) {
            desk.alert(steps.account(account, Severity.HIGH, T));
        }
        desk.alert(steps.account("quiet", Severity.HIGH, T));
        desk.alert(steps.account("true", Severity.HIGH, T));

        desk.alert(steps.judged("account", "false", T + 1, "false_positive"));
        desk.alert(steps.judged("account", "benign", T + 1, "benign_expected"));
        desk.alert(steps.withdrawn("account", "withdrawn", T + 1));
        desk.alert(steps.quiet("account", "quiet", T + 1));
        desk.alert(steps.judged("account", "true", T + 1, "true_positive"));
        assertThat(desk.published).containsOnlyKeys("quiet", "true");

        desk.alert(steps.account("x", Severity.LOW, T + 6 * HOUR_MS));
        assertThat(desk.published).containsOnlyKeys("quiet", "true");
        desk.alert(steps.account("y", Severity.LOW, T + 7 * HOUR_MS));
        assertThat(desk.published).isEmpty();
        desk.alert(steps.account("z", Severity.LOW, T + 7 * HOUR_MS));
        assertThat(desk.stored.keySet()).doesNotContain("Aal-account-false", "Uquiet");
    }

    @Test
    void oneEntityWithAWrongClockMakesNobodysDecisionLapse() {
        desk.alert(steps.account("a", Severity.HIGH, T));
        desk.alert(steps.account("future", Severity.HIGH, T + 1_000_000 * HOUR_MS));
        desk.alert(steps.account("future", Severity.CRITICAL, T + 2_000_000 * HOUR_MS));
        desk.alert(steps.account("b", Severity.HIGH, T + 1));

        assertThat(desk.action("a")).isEqualTo(DecisionAction.THROTTLE);
    }

    @Test
    void beyondTheCeilingAccountsAreTreatedMoreMildlyAndTold() {
        for (int account = 0; account < 8; account++) {
            desk.alert(steps.account("a" + account, Severity.CRITICAL, T + account));
        }

        assertThat(desk.published.values())
                .filteredOn(decision -> decision.getAction() == DecisionAction.BLOCK)
                .hasSize(3);
        assertThat(desk.published.get("a5").getAction()).isEqualTo(DecisionAction.CHALLENGE);
        assertThat(desk.published.get("a5").getReason())
                .endsWith("says block; challenge instead, as 3 accounts were blocked in this hour already.");
        assertThat(desk.changes).filteredOn(Change::beyondCeiling).hasSize(5);
        assertThat(desk.state().hour(T / HOUR_MS)).isEqualTo(new HourCount(3, 5));

        desk.alert(steps.account("next-hour", Severity.CRITICAL, T + HOUR_MS));
        assertThat(desk.action("next-hour")).isEqualTo(DecisionAction.BLOCK);
    }

    @Test
    void anAccountThatIsBlockedStaysSoWithoutBeingCountedAgain() {
        for (int account = 0; account < 3; account++) {
            desk.alert(steps.account("a" + account, Severity.CRITICAL, T));
        }
        desk.alert(steps.found("account", "a0", Severity.CRITICAL, 0.99, T + 1, "bulk", "traces"));

        assertThat(desk.action("a0")).isEqualTo(DecisionAction.BLOCK);
        assertThat(desk.state().hour(T / HOUR_MS).blocked()).isEqualTo(3);
    }

    @Test
    void oneOrderLiftsEverythingAndCountsOnce() {
        desk.join("c-1", "m", 0.9, T);
        desk.alert(steps.found("campaign", "c-1", Severity.HIGH, 0.7, T, "sharded"));
        desk.alert(steps.account("a", Severity.CRITICAL, T));
        TriageRecord lift = steps.lift();

        desk.order(lift);
        assertThat(desk.published).isEmpty();
        assertThat(desk.changes.get(desk.changes.size() - 1).why()).isEqualTo("lifted by ann: a mistake");

        desk.alert(steps.account("new", Severity.CRITICAL, T + 1));
        desk.order(lift);
        assertThat(desk.published).containsOnlyKeys("new");
    }

    @Test
    void aLiftedAlertDecidesAgainOnlyWhenItGetsWorseOrIsOpenedAgain() {
        desk.alert(steps.account("a", Severity.HIGH, T));
        desk.order(steps.lift());

        desk.alert(steps.found("account", "a", Severity.HIGH, 0.95, T + 1, "bulk"));
        assertThat(desk.published).isEmpty();
        desk.alert(steps.found("account", "a", Severity.HIGH, 0.95, T + 2, "bulk", "traces"));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.THROTTLE);

        desk.order(steps.lift());
        desk.alert(steps.found("account", "a", Severity.CRITICAL, 0.95, T + 3, "bulk"));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.BLOCK);

        desk.order(steps.lift());
        desk.alert(steps.quiet("account", "a", T + 4));
        desk.alert(steps.found("account", "a", Severity.HIGH, 0.5, T + 5, "bulk"));
        assertThat(desk.action("a")).isEqualTo(DecisionAction.THROTTLE);
    }

    @Test
    void aLiftCanBeOfOneAlertOneSignatureOneAccountOrASpan() {
        desk.join("c-1", "m1", 0.9, T);
        desk.join("c-1", "m2", 0.9, T);
        desk.alert(steps.found("campaign", "c-1", Severity.HIGH, 0.7, T, "sharded"));
        desk.alert(steps.found("account", "a", Severity.CRITICAL, 0.9, T, "bulk"));
        desk.alert(steps.found("account", "b", Severity.CRITICAL, 0.9, T + 10, "traces"));

        TriageRecord ofAccount = steps.lift();
        ofAccount.setEntityId("m1");
        desk.order(ofAccount);
        assertThat(desk.published).containsOnlyKeys("a", "b", "m2");
        desk.join("c-1", "m1", 0.95, T + 11);
        assertThat(desk.published).containsOnlyKeys("a", "b", "m2");

        TriageRecord ofSignature = steps.lift();
        ofSignature.setSignatureId("bulk");
        desk.order(ofSignature);
        assertThat(desk.published).containsOnlyKeys("b", "m2");

        TriageRecord ofAlert = steps.lift();
        ofAlert.setAlertId("al-campaign-c-1");
        desk.order(ofAlert);
        desk.join("c-1", "m3", 0.95, T + 12);
        assertThat(desk.published).containsOnlyKeys("b");

        desk.alert(steps.found("account", "c", Severity.CRITICAL, 0.9, T + 20, "bulk"));
        TriageRecord since = steps.lift();
        since.setSince(T + 15);
        desk.order(since);
        assertThat(desk.published).containsOnlyKeys("b");
    }

    @Test
    void otherOrdersLiftNothing() {
        desk.alert(steps.account("a", Severity.HIGH, T));
        TriageRecord note = steps.lift();
        note.setAction(TriageAction.ACKNOWLEDGE);
        desk.order(note);

        assertThat(desk.published).containsOnlyKeys("a");
    }

    @Test
    void aDryRunDecidesTheSameAndTellsNobody() {
        Desk rehearsal = new Desk(policy.in(Policy.Mode.DRY_RUN));
        for (int account = 0; account < 8; account++) {
            Alert step = steps.account("a" + account, Severity.CRITICAL, T + account);
            desk.alert(step);
            rehearsal.alert(step);
        }

        assertThat(rehearsal.published).isEmpty();
        assertThat(rehearsal.changes)
                .extracting(Change::decision)
                .isEqualTo(desk.changes.stream().map(Change::decision).toList());
    }

    @Test
    void observingMakesNoDecisionAndTakesBackThoseThatWereMade() {
        desk.alert(steps.account("a", Severity.CRITICAL, T));
        desk.start(policy.in(Policy.Mode.OBSERVE));
        assertThat(desk.published).isEmpty();
        desk.alert(steps.account("b", Severity.CRITICAL, T));
        assertThat(desk.published).isEmpty();

        desk.start(policy);
        assertThat(desk.published).containsOnlyKeys("a", "b");
    }

    @Test
    void whatWasOnlyRehearsedDoesNotGetPastTheCeilingWhenItBecomesSerious() {
        Desk rehearsal = new Desk(policy.in(Policy.Mode.DRY_RUN));
        for (int account = 0; account < 9; account++) {
            rehearsal.alert(steps.account("a" + account, Severity.CRITICAL, T + account % 3 * HOUR_MS));
        }
        assertThat(rehearsal.changes).filteredOn(Change::blocked).hasSize(9);

        rehearsal.start(policy);
        assertThat(rehearsal.published).hasSize(9);
        assertThat(rehearsal.published.values())
                .filteredOn(decision -> decision.getAction() == DecisionAction.BLOCK)
                .hasSizeLessThanOrEqualTo(3);

        rehearsal.start(policy.in(Policy.Mode.DRY_RUN));
        assertThat(rehearsal.published).isEmpty();
    }

    @Test
    void aDelayIsTheSameForAnAlertWithinItsRangeAndNeverPutOffByAWorseStep() {
        Policy delaying = PolicyReader.read("p.yaml", POLICY + "delay: {from: PT10M, to: PT2H}\n");
        Desk first = new Desk(delaying);
        Desk second = new Desk(delaying);
        for (int account = 0; account < 50; account++) {
            Alert step = steps.account("a" + account, Severity.HIGH, T);
            first.alert(step);
            second.alert(step);
        }
        assertThat(first.published).isEqualTo(second.published);
        assertThat(first.published.values())
                .allSatisfy(
                        decision -> assertThat(decision.getEffectiveFrom() - T).isBetween(HOUR_MS / 6, 2 * HOUR_MS));
        assertThat(first.published.values().stream()
                        .map(Decision::getEffectiveFrom)
                        .distinct())
                .hasSizeGreaterThan(45);

        long before = first.published.get("a0").getEffectiveFrom();
        first.start(delaying);
        first.alert(steps.account("a0", Severity.CRITICAL, T + HOUR_MS / 2));
        assertThat(first.action("a0")).isEqualTo(DecisionAction.BLOCK);
        assertThat(first.published.get("a0").getEffectiveFrom()).isEqualTo(before);
    }

    @Test
    void thePolicyThatShipsOnlyObserves() {
        Desk shipped = new Desk(Policy.bundled());
        shipped.alert(steps.account("a", Severity.CRITICAL, T));

        assertThat(shipped.changes).isEmpty();
    }
}

package io.stillwatch.console;

import static io.stillwatch.console.ShelfOfDecisions.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.decision.Policy.WhenNotReady;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import org.junit.jupiter.api.Test;

class GatekeeperTest {
    private final ShelfOfDecisions shelf = new ShelfOfDecisions();
    private long wallClockMs = NOW_MS;
    private long nanos;
    private final Gatekeeper open = new Gatekeeper(shelf, WhenNotReady.OPEN, () -> wallClockMs, () -> nanos);
    private final Gatekeeper closed = new Gatekeeper(shelf, WhenNotReady.CLOSED, () -> wallClockMs, () -> nanos);

    @Test
    void eachActionHasItsAnswer() {
        shelf.put("blocked", DecisionAction.BLOCK, null);
        shelf.put("challenged", DecisionAction.CHALLENGE, null);
        shelf.put("allowed", DecisionAction.ALLOW, null);

        assertThat(closed.judge("blocked")).isEqualTo(Verdict.BLOCKED);
        assertThat(closed.judge("challenged")).isEqualTo(Verdict.CHALLENGED);
        assertThat(closed.judge("allowed")).isEqualTo(Verdict.ALLOWED);
        assertThat(closed.judge("unknown")).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aThrottledAccountPassesAtItsRateAndIsToldWhenToComeBack() {
        shelf.put("slow", DecisionAction.THROTTLE, 3.0);

        assertThat(open.judge("slow")).isEqualTo(Verdict.WITHIN_RATE);
        assertThat(open.judge("slow")).isEqualTo(Verdict.throttled(20));
        nanos += 19_500_000_000L;
        assertThat(open.judge("slow")).isEqualTo(Verdict.throttled(1));
        nanos += 500_000_000L;
        assertThat(open.judge("slow")).isEqualTo(Verdict.WITHIN_RATE);
    }

    @Test
    void aDecisionCountsFromWhenItTakesEffectUntilItLapses() {
        Decision decision = shelf.put("a", DecisionAction.BLOCK, null);
        decision.setEffectiveFrom(NOW_MS + 1_000);

        assertThat(open.judge("a")).isEqualTo(Verdict.ALLOWED);
        wallClockMs = NOW_MS + 1_000;
        assertThat(open.judge("a")).isEqualTo(Verdict.BLOCKED);
        wallClockMs = NOW_MS + 59_999;
        assertThat(open.judge("a")).isEqualTo(Verdict.BLOCKED);
        wallClockMs = NOW_MS + 60_000;
        assertThat(open.judge("a")).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void whileNotReadyWhatIsKnownCountsAndThePolicySaysWhatElseDoes() {
        shelf.put("blocked", DecisionAction.BLOCK, null);
        shelf.ready = false;

        assertThat(open.judge("blocked")).isEqualTo(Verdict.BLOCKED);
        assertThat(open.judge("unknown")).isEqualTo(Verdict.ALLOWED);
        assertThat(closed.judge("unknown")).isEqualTo(Verdict.NOT_KNOWN);
    }

    @Test
    void whatCannotBeReadIsNotKnown() {
        shelf.broken = true;

        assertThat(open.judge("a")).isEqualTo(Verdict.ALLOWED);
        assertThat(closed.judge("a")).isEqualTo(Verdict.NOT_KNOWN);
    }

    @Test
    void aRequestOfNobodyPassesOnlyWhereThePolicyLetsTheUnknownPass() {
        for (String account : new String[] {null, "", " \t", "x".repeat(513)}) {
            assertThat(open.judge(account)).isEqualTo(Verdict.ALLOWED);
            assertThat(closed.judge(account)).isEqualTo(Verdict.NOBODY);
        }
    }
}

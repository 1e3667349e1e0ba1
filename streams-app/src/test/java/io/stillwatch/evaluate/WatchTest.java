package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.serde.MessageTypes;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
    static {
        // A step is built on another, which Avro refuses for classes that it was not told of.
        MessageTypes.trust();
    }

    private static final List<TruthRow> TRUTH = List.of(row("a"), row("b"), row("silent"));

    private static TruthRow row(String id) {
        return new TruthRow(id, Label.HOSTILE, "harvest", "", "", 1, 0, 10, 10);
    }

    @Test
    void theNearestSignatureOverTheWholeRunIsKept() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.event("b", 5_000, 10);
        watch.near("a", new Nearest("one", -0.5));
        watch.near("a", new Nearest("two", 0.1));
        watch.near("a", new Nearest("one", -0.9));

        List<AccountResult> results = watch.results(TRUTH);

        assertThat(results).extracting(result -> result.truth().accountId()).containsExactly("a", "b");
        assertThat(results.get(0).nearest()).isEqualTo(new Nearest("two", 0.1));
        assertThat(results.get(1).nearest()).isEqualTo(Nearest.NONE);
        assertThat(watch.spanMs()).isEqualTo(5_000);
    }

    @Test
    void accountsWithoutTruthAreCounted() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.event("stranger", 0, 10);

        assertThat(watch.unnamed(TRUTH)).isOne();
        assertThat(watch.results(TRUTH)).hasSize(1);
    }

    private static Alert opened(String entityType, String id, long timeMs) {
        return Alert.newBuilder(SampleAlerts.opened())
                .setEntityType(entityType)
                .setEntityId(id)
                .setState(AlertState.OPENED)
                .setTime(timeMs)
                .build();
    }

    @Test
    void aMemberIsCaughtWhenItIsNamedAndTheAlertIsOpen() {
        Watch watch = new Watch();
        for (int second = 0; second < 10; second++) {
            watch.event("a", 1_000L * second, 7);
            watch.event("b", 1_000L * second, 7);
        }
        watch.member("c-1", "a", 2_000);
        watch.alert(opened("campaign", "c-1", 4_000));
        watch.member("c-1", "b", 6_000);
        watch.alert(opened("account", "b", 8_000));

        List<AccountResult> results = watch.results(TRUTH);

        assertThat(results.get(0).alone()).isEmpty();
        assertThat(results.get(0).inCampaign().orElseThrow())
                .returns(4_000L, Catch::timeMs)
                .returns(5L, Catch::requests)
                .returns(35L, Catch::outputTokens);
        assertThat(results.get(1).alone().orElseThrow().timeMs()).isEqualTo(8_000);
        assertThat(results.get(1).caught()).isEqualTo(results.get(1).inCampaign());
        assertThat(results.get(1).alerts()).isOne();
    }

    private static Alert step(Alert opened, AlertState state, long timeMs, String severity) {
        return Alert.newBuilder(opened)
                .setState(state)
                .setTime(timeMs)
                .setSeverity(severity)
                .build();
    }

    @Test
    void anAlertCountsAboveLowFromTheStepOnInWhichItIs() {
        Watch watch = new Watch();
        watch.event("a", 0, 7);
        watch.event("b", 0, 7);
        Alert low = step(opened("account", "a", 1_000), AlertState.OPENED, 1_000, "low");
        watch.alert(low);
        watch.alert(step(low, AlertState.UPDATED, 2_000, "low"));
        watch.alert(step(low, AlertState.UPDATED, 3_000, "high"));
        watch.alert(step(low, AlertState.UPDATED, 4_000, "critical"));
        watch.alert(step(opened("account", "b", 1_000), AlertState.OPENED, 1_000, "low"));
        watch.alert(step(opened("account", "b", 1_000), AlertState.CLOSED, 9_000, "high"));

        List<AccountResult> results = watch.results(TRUTH);

        assertThat(results.get(0).caught(Tier.ANY).orElseThrow().timeMs()).isEqualTo(1_000);
        assertThat(results.get(0).caught(Tier.ABOVE_LOW).orElseThrow().timeMs()).isEqualTo(3_000);
        assertThat(results.get(0).alerts()).isOne();
        assertThat(results.get(1).caught(Tier.ANY)).isPresent();
        assertThat(results.get(1).caught(Tier.ABOVE_LOW)).isEmpty();
    }

    @Test
    void aMemberIsCaughtAboveLowWhenItsCampaignIs() {
        Watch watch = new Watch();
        watch.event("a", 0, 7);
        watch.member("c-1", "a", 500);
        Alert low = step(opened("campaign", "c-1", 1_000), AlertState.OPENED, 1_000, "low");
        watch.alert(low);
        watch.alert(step(low, AlertState.UPDATED, 5_000, "medium"));

        AccountResult result = watch.results(TRUTH).get(0);

        assertThat(result.caught(Tier.ANY).orElseThrow().timeMs()).isEqualTo(1_000);
        assertThat(result.caught(Tier.ABOVE_LOW).orElseThrow().timeMs()).isEqualTo(5_000);
    }

    @Test
    void whoLeftBeforeTheAlertWasNeverNamed() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.event("b", 0, 10);
        watch.member("c-1", "a", 1_000);
        watch.member("c-1", "b", 1_000);
        watch.left("c-1", "a");
        watch.alert(opened("campaign", "c-1", 4_000));
        watch.left("c-1", "b");

        List<AccountResult> results = watch.results(TRUTH);

        assertThat(results.get(0).caught()).isEmpty();
        assertThat(results.get(1).caught()).isPresent();
    }

    @Test
    void groupsWithoutAnAlertAccuseNobody() {
        Watch watch = new Watch();
        watch.event("a", 0, 10);
        watch.member("c-1", "a", 1_000);

        assertThat(watch.results(TRUTH).get(0).caught()).isEmpty();
        assertThat(watch.campaigns(TRUTH).isEmpty()).isTrue();
    }
}

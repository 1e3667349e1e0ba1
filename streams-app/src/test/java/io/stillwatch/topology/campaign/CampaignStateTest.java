package io.stillwatch.topology.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.TakenOrders;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignStateTest {
    @Test
    void aSmallGroupIsLookedAtAgainWhenItHasChangedByATenth() {
        CampaignState small = CampaignState.of(100, 2_000);

        assertThat(small.outgrownBy(109, 2_199)).isFalse();
        assertThat(small.outgrownBy(111, 2_000)).isTrue();
        assertThat(small.outgrownBy(90, 2_000)).isTrue();
        assertThat(small.outgrownBy(100, 2_201)).isTrue();
    }

    @Test
    void aLargeGroupIsLookedAtAgainWhenItHasChangedByAQuarter() {
        CampaignState large = CampaignState.of(1_000, 20_000);

        assertThat(large.outgrownBy(1_249, 24_999)).isFalse();
        assertThat(large.outgrownBy(1_250, 20_000)).isTrue();
        assertThat(large.outgrownBy(800, 20_000)).isTrue();
        assertThat(large.outgrownBy(1_000, 25_000)).isTrue();
    }

    @Test
    void anotherAlertIsAnotherStateAndTheOneBeforeStaysAsItWas() {
        CampaignState before = CampaignState.of(100, 2_000);

        CampaignState after = before.with(new AlertMemory(Optional.empty(), 7, TakenOrders.NONE));

        assertThat(before.alerts()).isEqualTo(AlertMemory.NONE);
        assertThat(after.alerts().lastHeldMs()).isEqualTo(7);
        assertThat(CampaignState.decode(before.encode())).isEqualTo(before);
    }

    @Test
    void aGroupThatWasNeverLookedAtIs() {
        assertThat(CampaignState.none().outgrownBy(5, 15)).isTrue();
    }
}

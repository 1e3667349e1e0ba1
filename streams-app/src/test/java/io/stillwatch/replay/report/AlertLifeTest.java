package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertLifeTest {
    @Test
    void stepsAreSortedIntoLivesByIdAndSequence() {
        List<AlertLife> lives = AlertLife.of(
                List.of(SampleAlerts.campaign(), SampleAlerts.closed(), SampleAlerts.opened(), SampleAlerts.updated()));
        assertThat(lives).hasSize(2);
        assertThat(lives.get(1).steps())
                .extracting(Alert::getState)
                .containsExactly(AlertState.OPENED, AlertState.UPDATED, AlertState.CLOSED);
        assertThat(lives.get(1).last().getState()).isEqualTo(AlertState.CLOSED);
    }

    @Test
    void aStepThatComesTwiceCountsOnce() {
        assertThat(AlertLife.of(List.of(SampleAlerts.opened(), SampleAlerts.opened())))
                .singleElement()
                .satisfies(life -> assertThat(life.steps()).hasSize(1));
    }

    @Test
    void aLifeWithoutStepsOrOfTwoAlertsOrOutOfOrderIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertLife(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertLife(List.of(SampleAlerts.opened(), SampleAlerts.campaign())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertLife(List.of(SampleAlerts.updated(), SampleAlerts.opened())));
    }
}

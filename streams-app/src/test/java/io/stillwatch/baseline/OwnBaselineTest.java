package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnBaselineTest {
    private final Prompts prompts = new Prompts(4);
    private final double[] topic = prompts.topic();

    private Profile pane(int requests, long fromMs) {
        Profile profile = new Profile();
        for (int at = 0; at < requests; at++) {
            profile.add(prompts.of("a", fromMs + at * 1_000L, topic));
        }
        return profile;
    }

    @Test
    void itTakesTwoHundredPromptsOverADay() {
        assertThat(OwnBaseline.of(List.of(pane(150, 0), pane(49, Prompts.DAY_MS)), 24))
                .isEmpty();
        assertThat(OwnBaseline.of(List.of(pane(150, 0), pane(150, Prompts.DAY_MS / 2)), 12))
                .isEmpty();

        OwnBaseline frozen = OwnBaseline.of(List.of(pane(150, 0), pane(60, Prompts.DAY_MS)), 24)
                .orElseThrow();

        assertThat(frozen.earlier().prompts()).isEqualTo(150);
        assertThat(frozen.later().prompts()).isEqualTo(60);
        assertThat(frozen.untilHour()).isEqualTo(24);
    }

    @Test
    void itIsStoredInThreeHundredAndTenBytesAndMovesByLessThanItsSamplingError() {
        OwnBaseline frozen = OwnBaseline.of(List.of(pane(150, 0), pane(60, Prompts.DAY_MS)), 24)
                .orElseThrow();
        StateWriter out = new StateWriter();
        frozen.write(out);

        byte[] bytes = out.toByteArray();
        OwnBaseline read = OwnBaseline.read(new StateReader(bytes));

        assertThat(bytes.length).isLessThan(310);
        assertThat(read.untilHour()).isEqualTo(24);
        for (int d = 0; d < 128; d++) {
            assertThat(read.mean().at(d)).isEqualTo(frozen.mean().at(d), within(0.002));
        }
    }
}

package io.stillwatch.evaluate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ControlsTest {
    private static final Simulator TRAFFIC = new Simulator(new SimulationPlan(
            "mixed",
            9,
            SimulationPlan.DEFAULT_START,
            Duration.ofDays(2),
            List.of(
                    PlanGroup.of("support-bot", 2, 300, 400),
                    PlanGroup.of("chat-user", 6, 4, 40),
                    PlanGroup.of("logprob-harvest", 2, 250, 250),
                    PlanGroup.of("bulk-instruction-harvest", 1, 2_000, 2_000))));

    private static List<RequestEvent> neutral() {
        Neutral neutral = new Neutral(TRAFFIC.truth());
        TRAFFIC.events().forEachRemaining(neutral::see);
        List<RequestEvent> events = new ArrayList<>();
        neutral.over(TRAFFIC.events()).forEachRemaining(events::add);
        return events;
    }

    private static List<RequestEvent> of(List<RequestEvent> events, Label label) {
        Set<String> accounts = TRAFFIC.truth().stream()
                .filter(row -> row.label() == label)
                .map(TruthRow::accountId)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event -> accounts.contains(event.getAccountId()))
                .toList();
    }

    @Test
    void neutralTrafficIsTheSameEachTimeAndInTime() {
        List<RequestEvent> events = neutral();

        assertThat(events).isEqualTo(neutral()).hasSize((int) TRAFFIC.size());
        assertThat(events).isSortedAccordingTo(Comparator.comparingLong(RequestEvent::getEventTime));
    }

    @Test
    void neutralHarvestsAskForWhatHonestAccountsAskForAtTheirTimes() {
        List<RequestEvent> plain = TRAFFIC.stream().toList();
        List<RequestEvent> events = neutral();
        Set<RequestManner.Parameters> honest =
                of(plain, Label.HONEST).stream().map(RequestManner::parameters).collect(Collectors.toSet());

        assertThat(of(events, Label.HONEST)).isEqualTo(of(plain, Label.HONEST));
        assertThat(of(events, Label.HOSTILE))
                .allSatisfy(event -> assertThat(honest).contains(RequestManner.parameters(event)));
        assertThat(of(events, Label.HOSTILE).stream().map(RequestEvent::getPrompt))
                .containsExactlyInAnyOrderElementsOf(of(plain, Label.HOSTILE).stream()
                        .map(RequestEvent::getPrompt)
                        .toList());
        assertThat(of(events, Label.HOSTILE).stream().map(RequestEvent::getLogprobs))
                .containsOnlyNulls();
    }

    @Test
    void trafficWithoutHonestAccountsCannotBeNeutral() {
        Neutral neutral = new Neutral(TRAFFIC.truth());
        of(TRAFFIC.stream().toList(), Label.HOSTILE).forEach(neutral::see);

        assertThatThrownBy(() -> neutral.over(TRAFFIC.events()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("honest account");
    }

    @Test
    void blankPromptsSayNothingButWhetherTheyAreEqual() {
        RequestEvent one = TRAFFIC.events().next();
        RequestEvent same = TRAFFIC.events().next();
        RequestEvent other = TRAFFIC.stream().skip(1).findFirst().orElseThrow();
        List.of(one, same, other).forEach(Blank::apply);

        assertThat(one).isEqualTo(same);
        assertThat(one.getPrompt()).matches("[a-p]{16}").isNotEqualTo(other.getPrompt());
        assertThat(one.getInputTokens()).isEqualTo(TRAFFIC.events().next().getInputTokens());
    }
}

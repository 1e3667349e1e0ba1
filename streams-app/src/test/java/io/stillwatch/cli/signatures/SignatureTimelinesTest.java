package io.stillwatch.cli.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every signature that ships raises an alert over the timelines that say so, and over no other. */
class SignatureTimelinesTest {
    private static final List<CompiledSignature> LIBRARY =
            SignatureSet.bundled().signatures();

    @TestFactory
    Stream<DynamicTest> everyTimelineHasTheOutcomeItDeclares() {
        return LIBRARY.stream()
                .flatMap(compiled -> timelines(compiled).stream().map(timeline -> test(compiled, timeline)));
    }

    private static List<Timeline> timelines(CompiledSignature compiled) {
        return SignatureTimelines.of(compiled.signature().id(), compiled.signature());
    }

    private static DynamicTest test(CompiledSignature compiled, Timeline timeline) {
        return DynamicTest.dynamicTest(
                compiled.signature().id() + (timeline.alert() ? " alerts: " : " leaves alone: ") + timeline.about(),
                () -> assertThat(TimelineRun.firstAlert(compiled, timeline).isPresent())
                        .isEqualTo(timeline.alert()));
    }

    @Test
    void someSignaturesAreHeldToTimelinesOfBothKinds() {
        assertThat(LIBRARY)
                .flatExtracting(SignatureTimelinesTest::timelines)
                .extracting(Timeline::alert)
                .contains(true, false);
    }

    private static final String GOOD = """
            id: some-behaviour
            version: 3
            title: Some behaviour
            severity: high
            window: PT24H
            minimum: 10
            condition: prompt_novelty >= 0.5 && requests > 20
            score: prompt_novelty
            evidence: [prompt_novelty]
            """;

    private static final String TIMELINES = GOOD + """
            examples:
              timelines:
                - about: first
                  alert: false
                  stages:
                    - {persona: chat-user, days: 2, requests_an_hour: 1}
                - about: second
                  alert: true
                  stages:
                    - {silence: true, days: 1}
                    - {behaviour: code-harvest, days: 2, requests_an_hour: 5}
            """;

    @Test
    void timelinesAreReadInTheWordsOfPlans() {
        Timeline second = read(TIMELINES).get(1);

        assertThat(second.alert()).isTrue();
        assertThat(second.plan().length()).isEqualTo(Duration.ofDays(3));
        assertThat(second.plan().groups()).singleElement().satisfies(group -> {
            assertThat(group.kind()).isEqualTo("code-harvest");
            assertThat(group.requests()).isEqualTo(new PlanGroup.Range(240, 240));
            assertThat(group.fromDay()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            behaviour: code-harvest, days | behaviour: code-harvset, days | x.yaml:20: there is no persona or behaviour
            behaviour: code-harvest,      | persona: code-harvest,        | x.yaml:20: code-harvest is hostile
            days: 2, requests_an_hour: 5  | days: 2, requests: 5          | x.yaml:20: the stage: unknown key
            days: 2, requests_an_hour: 5  | requests_an_hour: 5           | x.yaml:20: a stage needs days
            requests_an_hour: 5           | requests_an_hour: 0           | x.yaml:20: a stage needs requests_an_hour
            silence: true, days: 1        | silence: true, days: 1, share: 0.5 | x.yaml:19: silence has days
            alert: true                   | alert: maybe                  | x.yaml:16: a timeline needs alert
            about: second                 | abuot: second                 | x.yaml:16: the timeline: unknown key
            """)
    void aTimelineThatCannotBePlayedIsNamedWithItsLine(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(TIMELINES.replace(right, wrong)))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith(message);
    }

    private static List<Timeline> read(String yaml) {
        return SignatureTimelines.of(
                "x.yaml", SignatureReader.read("x.yaml", yaml).signature());
    }
}

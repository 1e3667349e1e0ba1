package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.Timeline;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every signature that ships raises an alert over the timelines that say so, and over no other. */
class SignatureTimelinesTest {
    private static final List<CompiledSignature> LIBRARY =
            SignatureSet.bundled().signatures();

    @TestFactory
    Stream<DynamicTest> everyTimelineHasTheOutcomeItDeclares() {
        return LIBRARY.stream()
                .flatMap(compiled ->
                        compiled.signature().examples().timelines().stream().map(timeline -> test(compiled, timeline)));
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
                .flatExtracting(compiled -> compiled.signature().examples().timelines())
                .extracting(Timeline::alert)
                .contains(true, false);
    }
}

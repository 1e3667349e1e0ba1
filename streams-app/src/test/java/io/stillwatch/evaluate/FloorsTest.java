package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloorsTest {
    private static final Floors FLOORS =
            Floors.read("detection: {least: 0.9}\nfalse_positives: {most: 0.01}\nauc: {least: 0.5, most: 1}\n");

    @Test
    void figuresAtTheirBoundsHold() {
        assertThat(FLOORS.missed(Map.of("detection", 0.9, "false_positives", 0.01, "auc", 1.0)))
                .isEmpty();
    }

    @Test
    void everyFigureThatMissesItsBoundIsNamedWithBoth() {
        assertThat(FLOORS.missed(Map.of("detection", 0.85, "false_positives", 0.02, "auc", 0.7)))
                .containsExactly(
                        "detection is 0.8500 and must be at least 0.9000",
                        "false_positives is 0.0200 and must be at most 0.0100");
    }

    @Test
    void aFigureThatIsMissingOrNoNumberMissesItsFloor() {
        assertThat(FLOORS.missed(Map.of("detection", 1.0, "false_positives", Double.NaN)))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("auc cannot be told");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "- detection",
                "detection: 0.9",
                "detection: {}",
                "detection: {lest: 0.9}",
                "detection: {least: high}",
                "detection: {least: 0.9, mots: 1}",
                "detection: {least: 0.9}\ndetection: {least: 0.1}",
                "detection: {least: "
            })
    void whatIsNoFloorIsRefused(String yaml) {
        assertThatExceptionOfType(FloorsException.class).isThrownBy(() -> Floors.read(yaml));
    }
}

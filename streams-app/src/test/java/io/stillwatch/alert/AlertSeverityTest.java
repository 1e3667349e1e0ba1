package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Severity;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSeverityTest {
    @ParameterizedTest
    @CsvSource({"informational, INFORMATIONAL", "low, LOW", "medium, HIGH", "high, CRITICAL", "critical, CRITICAL"})
    void scaleRaisesWhatSaysHarvestAndNothingBelow(String severity, Severity expected) {
        Finding finding =
                SampleAlerts.finding("s", 1, "S", severity, 0.5, "PT24H").build();

        assertThat(AlertSeverity.of(List.of(finding), 100)).isEqualTo(expected);
        assertThat(AlertSeverity.of(List.of(finding), 99).id()).isEqualTo(severity);
    }
}

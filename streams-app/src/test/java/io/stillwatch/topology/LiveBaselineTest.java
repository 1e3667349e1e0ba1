package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.schema.Alert;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Baselines that are published and taken back while the pipeline runs. */
class LiveBaselineTest {
    private static final SignatureSet MANY = SignatureSet.of(List.of(SignatureReader.read("many.yaml", """
            id: many
            version: 1
            title: A test
            severity: low
            window: PT24H
            minimum: 16
            condition: requests >= 16
            score: "0.5"
            evidence: [requests]
            """)));

    private final TestPipeline pipeline = new TestPipeline(MANY);
    private int sent;

    @AfterEach
    void close() {
        pipeline.close();
    }

    private String baselineOfAlert(String account) {
        for (int number = 0; number < 16; number++) {
            pipeline.send(TestPipeline.event(account, ++sent, START_MS + number * MINUTE_MS));
        }
        return pipeline.alerts().stream()
                .filter(alert -> alert.getEntityId().equals(account))
                .map(Alert::getBaseline)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] named(String id, int version) {
        Baseline bundled = BaselineFile.bundled();
        return BaselineFile.text(new Baseline(
                        id,
                        version,
                        bundled.accounts(),
                        bundled.accountDays(),
                        bundled.population(),
                        bundled.answers(),
                        bundled.evidence(),
                        bundled.general(),
                        bundled.cohorts(),
                        bundled.bars()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPublishedBaselineIsInEffectWithoutARestartAndAlertsNameIt() {
        assertThat(baselineOfAlert("before")).isEqualTo("simulated 1");

        pipeline.publishBaseline(named("november", 3));
        assertThat(baselineOfAlert("after")).isEqualTo("november 3");

        pipeline.publishBaseline(named("november", 4));
        assertThat(baselineOfAlert("later")).isEqualTo("november 4");

        pipeline.publishBaseline(null);
        assertThat(baselineOfAlert("retracted")).isEqualTo("simulated 1");
    }

    @Test
    void whatCannotBeReadStopsNothing() {
        pipeline.publishBaseline("{\"format\": 7".getBytes(StandardCharsets.UTF_8));
        assertThat(baselineOfAlert("a")).isEqualTo("simulated 1");

        pipeline.publishBaseline(new byte[] {1, 2, 3});
        assertThat(baselineOfAlert("b")).isEqualTo("simulated 1");
    }
}

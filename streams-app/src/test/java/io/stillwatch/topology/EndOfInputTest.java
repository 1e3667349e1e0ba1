package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.record.CountingDeserializer;
import io.stillwatch.topology.record.EndOfInput;
import io.stillwatch.topology.record.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfInputTest {
    /** An account is looked at after 16 requests and after 24, so not at 18 before its hour is over. */
    private static final SignatureSet EIGHTEEN = SignatureSet.of(List.of(SignatureReader.read("eighteen.yaml", """
            id: eighteen
            version: 1
            title: A test
            severity: low
            window: PT24H
            minimum: 18
            condition: requests >= 18
            score: "0.5"
            evidence: [requests]
            """)));

    private final List<Alert> alerts = new ArrayList<>();

    @Test
    void theLastHourIsLookedAtWhenTheLogIsOver() {
        try (OfflinePipeline pipeline = new OfflinePipeline(EIGHTEEN, EvaluationListener.NONE, alerts::add)) {
            for (int number = 0; number < 20; number++) {
                pipeline.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
            }
            pipeline.passTo(START_MS + 30 * MINUTE_MS);
            assertThat(alerts).isEmpty();

            pipeline.finish();
            assertThat(alerts).singleElement().satisfies(alert -> {
                assertThat(alert.getEntityId()).isEqualTo("a");
                assertThat(alert.getTime()).isEqualTo(START_MS + 60 * MINUTE_MS - 1);
            });
            assertThat(pipeline.setAside()).isZero();
        }
    }

    @Test
    void whatFollowsAnEndAllTheSameStillCounts() {
        try (OfflinePipeline pipeline = new OfflinePipeline(EIGHTEEN, EvaluationListener.NONE, alerts::add)) {
            for (int number = 0; number < 10; number++) {
                pipeline.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
            }
            pipeline.finish();
            for (int number = 10; number < 20; number++) {
                pipeline.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
            }
            pipeline.finish();

            assertThat(alerts).hasSize(1);
            assertThat(pipeline.setAside()).isZero();
        }
    }

    @Test
    void whereMoreMayFollowTimeGoesOnAndTheLastHourWaits() {
        try (TestPipeline pipeline = new TestPipeline(EIGHTEEN)) {
            for (int number = 0; number < 20; number++) {
                pipeline.send(TestPipeline.event("a", number, START_MS + number * MINUTE_MS));
            }
            pipeline.goOn(START_MS + 30 * MINUTE_MS);
            assertThat(pipeline.alerts()).isEmpty();

            pipeline.goOn(START_MS + Duration.ofDays(33).toMillis());
            assertThat(pipeline.alerts())
                    .extracting(Alert::getState)
                    .containsExactly(AlertState.OPENED, AlertState.CLOSED);
        }
    }

    @Test
    void theMarkIsReadBack() {
        RecordHeaders headers = new RecordHeaders();
        assertThat(EndOfInput.marks(headers)).isFalse();
        new EndOfInput(1_790_000_000_000L, true).mark(headers);

        assertThat(EndOfInput.read(headers)).isEqualTo(new EndOfInput(1_790_000_000_000L, true));

        new EndOfInput(1_790_000_000_000L, false).mark(headers);
        assertThat(EndOfInput.read(headers)).isEqualTo(new EndOfInput(1_790_000_000_000L, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "99999999999999999999", "+", "17++"})
    void aMarkWithoutATimeIsRefused(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(EndOfInput.HEADER, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> EndOfInput.read(headers)).isInstanceOf(SerializationException.class);
        assertThat(new CountingDeserializer(new org.apache.kafka.common.serialization.ByteArrayDeserializer())
                        .deserialize("t", headers, new byte[0]))
                .isInstanceOf(Unreadable.class);
    }
}

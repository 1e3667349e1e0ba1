package io.stillwatch.topology.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.Detour;
import io.stillwatch.schema.RequestEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentOnTest {
    private static final Detour DETOUR = new Detour(3, 12);

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void theMarkIsReadBackAndGoesAlongWithTheFingerprint() {
        new SentOn(DETOUR).mark(headers);
        RequestEvent event = RequestEvent.newBuilder()
                .setEventId("e")
                .setEventTime(1)
                .setAccountId("a")
                .setPrompt("p")
                .build();

        assertThat(SentOn.read(headers)).contains(DETOUR);
        assertThat(SentOn.read(new RequestHeaders("topic").ofFingerprint(event, headers)))
                .contains(DETOUR);
    }

    @Test
    void whatIsSentOnTwiceCameByTheLast() {
        new SentOn(new Detour(1, 12)).mark(headers);
        new SentOn(DETOUR).mark(headers);

        assertThat(SentOn.read(headers)).contains(DETOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3/", "/", "12/12", "-1/3", "1/99999999999", "0/0", "3/12 ", "٣/12"})
    void aMarkThatMakesNoSenseIsNone(String value) {
        headers.add(SentOn.HEADER, value.getBytes(StandardCharsets.UTF_8));

        assertThat(SentOn.read(headers)).isEmpty();
    }

    @Test
    void withoutAMarkARequestCameStraight() {
        assertThat(SentOn.read(headers)).isEmpty();
        headers.add(SentOn.HEADER, null);
        assertThat(SentOn.read(headers)).isEmpty();
    }
}

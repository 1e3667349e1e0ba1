package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMappingTest {
    private static final List<String> NEEDED = List.of("account_id=$.who.id", "event_time=$['logged at']");

    private static List<Ingested> read(String record, String... more) {
        List<String> pairs = new ArrayList<>(NEEDED);
        pairs.addAll(List.of(more));
        return new PayloadReader(IngestOptions.DEFAULT.withMapping(FieldMapping.of(pairs)))
                .readWhole(Reading.bytes(record), Position.offset("t", 0, 1));
    }

    private static RequestEvent event(String record, String... more) {
        List<Ingested> read = read(record, more);
        assertThat(Reading.rejected(read)).isEmpty();
        return Reading.events(read).get(0);
    }

    @Test
    void fieldsAreTakenFromWhereTheMappingSays() {
        RequestEvent event = event(
                "{\"who\":{\"id\":\"acct-1\",\"ip\":\"10.0.0.1\"},\"logged at\":\"2026-11-02T09:30:00Z\",\"turns\":[{\"q\":\"first\"},"
                        + "{\"q\":\"newest\"}],\"inner\":\"{\\\"out\\\":700}\",\"pool\":\"eu\"}",
                "prompt=$.turns[-1].q",
                "output_tokens=$.inner.out",
                "operation=chat",
                "links.network=$.who.ip",
                "attributes.pool=$.pool",
                "model=$.no.such");

        assertThat(event.getAccountId()).isEqualTo("acct-1");
        assertThat(event.getEventTime()).isEqualTo(1_793_611_800_000L);
        assertThat(event.getPrompt()).isEqualTo("newest");
        assertThat(event.getOutputTokens()).isEqualTo(700);
        assertThat(event.getOperation()).isEqualTo("chat");
        assertThat(event.getLinks()).containsEntry("network", "10.0.0.1");
        assertThat(event.getAttributes()).containsExactly(Map.entry("pool", "eu"));
        assertThat(event.getModel()).isNull();
        assertThat(event.getEventId()).isNotBlank();
    }

    @Test
    void bodiesOfACallTellTheRestAndWhatIsMappedByItselfWins() {
        RequestEvent event = event(
                "{\"who\":{\"id\":\"a\"},\"logged at\":1793611800,\"req\":\"{\\\"model\\\":\\\"m\\\",\\\"max_tokens\\\":50,\\\"messages\\\":"
                        + "[{\\\"role\\\":\\\"system\\\",\\\"content\\\":\\\"Be brief.\\\"},{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"Why?\\\"}]}\","
                        + "\"res\":{\"choices\":[{\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":50}},"
                        + "\"billed\":60}",
                "request=$.req",
                "response=$.res",
                "output_tokens=$.billed");

        assertThat(event.getPrompt()).isEqualTo("Why?");
        assertThat(event.getSystem()).isEqualTo("Be brief.");
        assertThat(event.getMaxTokens()).isEqualTo(50);
        assertThat(event.getInputTokens()).isEqualTo(9);
        assertThat(event.getOutputTokens()).isEqualTo(60);
        assertThat(event.getFinishReason()).isEqualTo("length");
    }

    @Test
    void aListOfMessagesIsReadAsAConversation() {
        RequestEvent event = event(
                "{\"who\":{\"id\":\"a\"},\"logged at\":1793611800,\"talk\":[{\"role\":\"user\",\"content\":\"One?\"},{\"role\":\"assistant\","
                        + "\"content\":\"1\"},{\"role\":\"user\",\"content\":\"Two?\"}]}",
                "messages=$.talk");

        assertThat(event.getPrompt()).isEqualTo("Two?");
        assertThat(event.getMessages()).isEqualTo(3);
        assertThat(event.getTurn()).isEqualTo(1);
    }

    @Test
    void whatIsMissingIsSaidWithItsPlace() {
        assertThat(Reading.rejected(read("{\"logged at\":1793611800}")).get(0).cause())
                .isEqualTo("account_id is missing: there is nothing at $.who.id");
        assertThat(Reading.rejected(read("{\"who\":{\"id\":\"None\"},\"logged at\":1793611800}"))
                        .get(0)
                        .cause())
                .isEqualTo("no account: 'None' at $.who.id is no identity");
        assertThat(Reading.rejected(read("{\"who\":{\"id\":\"a\"},\"logged at\":\"soon\"}"))
                        .get(0)
                        .cause())
                .contains("event_time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account_id", "acount_id=$.a", "prompt=$.a[", "prompt=$a", "prompt=$.a..b", "prompt="})
    void whatCannotBeMeantIsRefusedBeforeAnythingIsRead(String pair) {
        List<String> pairs = new ArrayList<>(NEEDED);
        pairs.add(pair);
        assertThatThrownBy(() -> FieldMapping.of(pairs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void anAccountAndATimeAreNeeded() {
        assertThatThrownBy(() -> FieldMapping.of(List.of("account_id=$.a")))
                .hasMessageContaining("event_time is needed");
    }
}

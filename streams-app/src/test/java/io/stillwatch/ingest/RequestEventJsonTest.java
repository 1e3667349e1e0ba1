package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RequestEventJsonTest {

    @Property(tries = 150)
    void whatIsWrittenReadsBackEqual(@ForAll("events") RequestEvent event) throws RecordRejected, IOException {
        RequestEvent admitted =
                RequestEventValidator.admit(RequestEvent.newBuilder(event).build());

        String json = RequestEventJson.write(admitted);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        RequestEventJson.writeLine(admitted, line);

        assertThat(RequestEventJson.read(GeneratedInputs.utf8(json))).isEqualTo(admitted);
        assertThat(line.toByteArray()).isEqualTo(GeneratedInputs.utf8(json + "\n"));
        assertThat(json).doesNotContain("\n");
    }

    @Property(tries = 60)
    void admittingTwiceChangesNothing(@ForAll("events") RequestEvent event) throws RecordRejected {
        RequestEvent once = RequestEventValidator.admit(event);
        String before = RequestEventJson.write(once);

        assertThat(RequestEventJson.write(RequestEventValidator.admit(once))).isEqualTo(before);
    }

    @Provide
    Arbitrary<RequestEvent> events() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(530).map(Utf8::encodable);
        Arbitrary<String> optionalText = text.injectNull(0.3);
        Arbitrary<Integer> count = Arbitraries.integers().greaterOrEqual(0).injectNull(0.3);
        Arbitrary<Long> tokens = Arbitraries.longs().greaterOrEqual(0).injectNull(0.3);
        Arbitrary<Double> number = Arbitraries.doubles().between(0, 1e300).injectNull(0.3);
        Arbitrary<Boolean> flag = Arbitraries.of(true, false).injectNull(0.3);
        Arbitrary<Map<String, String>> entries = Arbitraries.maps(text, text).ofMaxSize(70);
        Arbitrary<RequestEvent> identity = Combinators.combine(
                        Arbitraries.longs().between(1_420_070_400_000L, 4_102_444_799_999L),
                        text.filter(account -> !account.isBlank() && account.length() <= 512),
                        optionalText,
                        optionalText,
                        text,
                        Arbitraries.longs()
                                .between(946_684_800_000L, 4_102_444_799_999L)
                                .injectNull(0.5))
                .as((time, account, organization, key, id, created) -> {
                    RequestEvent event = new RequestEvent();
                    event.setEventTime(time);
                    event.setAccountId(account);
                    event.setOrganizationId(organization);
                    event.setApiKeyId(key);
                    event.setEventId(id);
                    event.setAccountCreated(created);
                    event.setLinks(new HashMap<>());
                    event.setAttributes(new HashMap<>());
                    event.setStop(List.of());
                    return event;
                });
        Arbitrary<RequestEvent> asked = Combinators.combine(identity, optionalText, optionalText, count, number, flag)
                .as((event, prompt, system, turn, temperature, stream) -> {
                    event.setPrompt(prompt);
                    event.setSystem(system);
                    event.setTurn(turn);
                    event.setMaxTokens(turn);
                    event.setTemperature(temperature);
                    event.setTopP(temperature);
                    event.setStream(stream);
                    event.setAnswerInPrompt(stream);
                    return event;
                });
        return Combinators.combine(
                        asked, tokens, tokens, entries, entries, text.list().ofMaxSize(70))
                .as((event, input, output, links, attributes, stops) -> {
                    event.setInputTokens(input);
                    event.setOutputTokens(output);
                    event.setDurationMs(input);
                    event.setLinks(links);
                    event.setAttributes(attributes);
                    event.setStop(stops);
                    return event;
                });
    }

    @Test
    void generatedEventIdsNeverChange() throws RecordRejected {
        RequestEvent least = read("{\"event_time\":1790000000000,\"account_id\":\"a\"}");
        RequestEvent more = read("{\"event_time\":1790000000000,\"account_id\":\"a\",\"prompt\":\"b\",\"links\":"
                + "{\"network\":\"n\",\"client\":\"c\"},\"temperature\":0.5,\"stop\":[\"x\"],\"unknown\":1}");

        // Ids already out in alerts must be found again when the log is read by a later version.
        assertThat(least.getEventId()).isEqualTo("1dc5f24e1103bd1090e96b754616c152");
        assertThat(more.getEventId()).isEqualTo("da8e7e83da16bd058f7d3055621f06ec");
    }

    @Test
    void generatedEventIdsDependOnEveryFieldButTheAttributes() throws RecordRejected {
        String start = "{\"event_time\":1790000000000,\"account_id\":\"a\"";
        List<String> fields = List.of(
                "\"prompt\":\"x\"",
                "\"system\":\"x\"",
                "\"model\":\"x\"",
                "\"operation\":\"x\"",
                "\"turn\":1",
                "\"messages\":1",
                "\"n\":1",
                "\"input_tokens\":1",
                "\"output_tokens\":1",
                "\"stop\":[\"x\"]",
                "\"links\":{\"x\":\"y\"}",
                "\"stream\":true",
                "\"logprobs\":true",
                "\"temperature\":1",
                "\"top_p\":1",
                "\"status\":1",
                "\"duration_ms\":1");
        Set<String> ids = new HashSet<>();
        ids.add(read(start + "}").getEventId());
        for (String field : fields) {
            ids.add(read(start + "," + field + "}").getEventId());
        }

        assertThat(ids).hasSize(fields.size() + 1);
        assertThat(ids).contains(read(start + ",\"unknown\":1}").getEventId());
    }

    @Test
    void theOrderOfLinksDoesNotMatterToTheGeneratedId() throws RecordRejected {
        String start = "{\"event_time\":1790000000000,\"account_id\":\"a\",\"links\":";

        assertThat(read(start + "{\"a\":\"1\",\"b\":\"2\"}}").getEventId())
                .isEqualTo(read(start + "{\"b\":\"2\",\"a\":\"1\"}}").getEventId());
    }

    @Test
    void aKafkaValueThatIsNoneIsRejectedWithASentence() {
        assertThatThrownBy(() -> RequestEventJson.read(new byte[0]))
                .isInstanceOf(RecordRejected.class)
                .hasMessage("a JSON object is expected, not nothing");
        assertThatThrownBy(() -> read("{\"account_id\":\"a\"}")).hasMessage("event_time is missing");
    }

    private static RequestEvent read(String json) throws RecordRejected {
        return RequestEventJson.read(GeneratedInputs.utf8(json));
    }
}

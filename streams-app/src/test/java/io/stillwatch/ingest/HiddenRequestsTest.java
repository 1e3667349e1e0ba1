package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller writes into its own request must not stand for another request, or hide what it asked. */
class HiddenRequestsTest {
    private static final String BENIGN = "[{\"role\":\"user\",\"content\":\"What is the weather?\"}]";
    private static final String REAL = "[{\"role\":\"user\",\"content\":\"Write down all your reasoning.\"}]";

    private static RequestEvent only(String request) {
        List<Ingested> read =
                Reading.all("{\"timestamp\":1790000000000,\"account_id\":\"a\",\"request\":" + request + "}");
        assertThat(Reading.rejected(read)).isEmpty();
        return Reading.events(read).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Messages", "MESSAGES", "input", "prompt", "contents", "message", "query"})
    void whatIsAskedInAnotherFieldOrSpellingCountsWhicheverComesFirst(String other) {
        for (String body : List.of(
                "{\"model\":\"m\",\"messages\":" + BENIGN + ",\"" + other + "\":" + REAL + "}",
                "{\"model\":\"m\",\"" + other + "\":" + REAL + ",\"messages\":" + BENIGN + "}",
                "{\"model\":\"m\",\"messages\":" + REAL + ",\"" + other + "\":" + BENIGN + "}")) {
            RequestEvent event = only(body);

            assertThat(event.getPrompt())
                    .as(body)
                    .contains("all your reasoning")
                    .contains("weather");
            assertThat(event.getAttributes()).containsEntry("stillwatch.asked_in_several_fields", "2");
        }
    }

    @Test
    void aTextThatIsSaidTwiceIsSaidOnce() {
        RequestEvent event =
                only("{\"model\":\"m\",\"messages\":" + REAL + ",\"prompt\":\"Write down all your reasoning.\"}");

        assertThat(event.getPrompt()).isEqualTo("Write down all your reasoning.");
        assertThat(event.getAttributes()).doesNotContainKey("stillwatch.asked_in_several_fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "message", "json", "payload"})
    void aFieldOfTheCallersOwnIsNoBody(String name) {
        RequestEvent event = only("{\"model\":\"m\",\"input\":\"Write down all your reasoning.\",\"" + name
                + "\":{\"messages\":" + BENIGN + "}}");

        assertThat(event.getPrompt()).contains("all your reasoning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "msg", "event", "json", "raw", "attributes"})
    void whatACallerWroteDoesNotPassForARecordOfTheLog(String name) {
        String forged = "{\\\"event_time\\\":1790000000000,\\\"account_id\\\":\\\"victim\\\",\\\"prompt\\\":\\\"x\\\"}";

        byte[] line = Reading.bytes(
                "{\"when\":1790000000000,\"user_id\":\"u-1\",\"model\":\"m\",\"" + name + "\":\"" + forged + "\"}\n");
        List<Ingested> read = new PayloadReader(IngestOptions.DEFAULT).readWhole(line, Position.offset("t", 0, 1));

        assertThat(Reading.events(read)).noneMatch(event -> event.getAccountId().equals("victim"));
        assertThat(Reading.rejected(read)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"answer\":\"42\"",
                "\"assistant_reply\":\"yes\"",
                "\"contact\":\"someone@example.org\"",
                "\"note\":\"The answer is forty-two.\"",
                "\"authorization\":\"Bearer\"",
                "\"x\":\"sk-abcdef0123456789\"",
                "\"y\":\"0123456789abcdef0123456789abcdef0123456789abcdef\"",
                "\"nested\":{\"choices\":[\"42\"]}",
                "\"nested\":{\"a\":[{\"b\":\"two words\"}]}"
            })
    void whatNobodyKnowsIsNotKeptWhereItMayBeAnAnswerOrASecret(String field) throws Exception {
        byte[] json = Reading.bytes("{\"event_time\":1790000000000,\"account_id\":\"a\"," + field + "}");

        RequestEvent event = NativeJsonReader.read(json, 0, json.length, Optional.empty());

        assertThat(event.getAttributes()).containsOnlyKeys("stillwatch.dropped_fields");
    }

    @Test
    void plainWordsAndNumbersOfUnknownFieldsAreKept() throws Exception {
        byte[] json = Reading.bytes("{\"event_time\":1790000000000,\"account_id\":\"a\",\"shard\":7,\"pool\":\"eu-1\","
                + "\"route\":{\"weights\":[1,2]},\"beta\":true}");

        RequestEvent event = NativeJsonReader.read(json, 0, json.length, Optional.empty());

        assertThat(event.getAttributes())
                .containsEntry("shard", "7")
                .containsEntry("pool", "eu-1")
                .containsEntry("beta", "true")
                .containsEntry("route", "{\"weights\":[1,2]}")
                .hasSize(4);
    }
}

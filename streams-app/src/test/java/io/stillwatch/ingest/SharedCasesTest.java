package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stillwatch.schema.RequestEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Small logs that were once read wrongly, each with its right outcome. */
class SharedCasesTest {
    private static final Path FOLDER = Path.of("../../shared/cases");

    @BeforeEach
    void theCasesAreThere() {
        assumeThat(Files.isDirectory(FOLDER)).as("the folder of cases").isTrue();
    }

    private static List<Ingested> read(String file) {
        return read(file, IngestOptions.DEFAULT);
    }

    private static List<Ingested> read(String file, IngestOptions options) {
        try (RequestEventReader reader =
                RequestEventReader.open(FOLDER.resolve(file).toString(), options)) {
            return Reading.all(reader);
        }
    }

    private static List<RequestEvent> events(String file) {
        List<Ingested> read = read(file);
        assertThat(Reading.rejected(read)).isEmpty();
        return Reading.events(read);
    }

    private static RequestEvent event(String file) {
        List<RequestEvent> events = events(file);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static String written(List<RequestEvent> events) {
        return events.stream().map(RequestEventJson::write).collect(Collectors.joining("\n"));
    }

    @Test
    void aServerThatRepeatsOneIdLosesNoRequest() {
        assertThat(events("02-same-id-always.litellm.jsonl")).hasSize(400);
    }

    @Test
    void aBodyMadeToBeRefusedIsReadAsTheGatewayReadIt() {
        List<RequestEvent> events = events("04-body-with-double-name.openai.jsonl");

        assertThat(events).hasSize(3).allSatisfy(event -> {
            assertThat(event.getPrompt()).isEqualTo("Name a river.");
            assertThat(event.getAccountId()).isEqualTo("a-1");
        });
        assertThat(events.get(0).getTemperature()).isEqualTo(1);
        assertThat(events.get(1).getTemperature()).isNull();
        assertThat(events.get(1).getAttributes()).containsEntry("unusable.temperature", "NaN");
    }

    @Test
    void openInferenceIsRead() {
        RequestEvent event = event("05-openinference.otel.jsonl");

        assertThat(event.getModel()).isEqualTo("m-1");
        assertThat(event.getSystem()).isEqualTo("Be brief.");
        assertThat(event.getPrompt()).isEqualTo("How do tides work?");
        assertThat(event.getInputTokens()).isEqualTo(9);
        assertThat(event.getOutputTokens()).isEqualTo(33);
        assertThat(event.getMaxTokens()).isNotNull();
        assertThat(event.getOperation()).isEqualTo("chat");
    }

    @Test
    void theAiSdkIsReadWithoutItsAnswers() {
        RequestEvent event = event("06-vercel-ai-sdk.otel.jsonl");

        assertThat(event.getPrompt()).isEqualTo("How do tides work?");
        assertThat(event.getSystem()).isNotBlank();
        assertThat(event.getMessages()).isGreaterThan(1);
        assertThat(event.getAttributes()).doesNotContainKey("ai.response.text");
    }

    @Test
    void aSpanWithPromptsAndUsageOnlyIsAModelCall() {
        RequestEvent event = event("07-only-prompt-attributes.otel.jsonl");

        assertThat(event.getPrompt()).isEqualTo("How do tides work?");
        assertThat(event.getInputTokens()).isEqualTo(9);
        assertThat(event.getOutputTokens()).isEqualTo(33);
    }

    @Test
    void theCollectorsCompressedFileIsRead() {
        assertThat(events("08-collector-file-exporter.json.zst")).hasSize(3);
    }

    @Test
    void rowsOfLiteLlmsTableAreReadInUtc() {
        RequestEvent event = event("09-litellm-spend-logs.jsonl");

        assertThat(event.getEventId()).isEqualTo("r-1");
        assertThat(event.getAccountId()).isEqualTo("user-9");
        assertThat(event.getApiKeyId()).startsWith("0f0f");
        assertThat(event.getPrompt()).isEqualTo("Name a river.");
        assertThat(event.getInputTokens()).isEqualTo(40);
        assertThat(event.getOutputTokens()).isEqualTo(700);
        assertThat(event.getTemperature()).isEqualTo(0.2);
        assertThat(event.getConversationId()).isEqualTo("s-1");
        assertThat(event.getEventTime()).isEqualTo(1793611800123L);
        assertThat(event.getDurationMs()).isEqualTo(3377);
    }

    @Test
    void bedrocksLogIsRead() {
        RequestEvent event = event("10-bedrock-invocation-log.jsonl");

        assertThat(event.getAccountId()).isEqualTo("arn:aws:sts::123456789012:assumed-role/app");
        assertThat(event.getEndUserId()).isEqualTo("sess-1");
        assertThat(event.getOrganizationId()).isEqualTo("123456789012");
        assertThat(event.getModel()).isEqualTo("anthropic.x-1");
        assertThat(event.getPrompt()).isEqualTo("How do tides work?");
        assertThat(event.getSystem()).isEqualTo("Be brief.");
        assertThat(event.getInputTokens()).isEqualTo(14);
        assertThat(event.getOutputTokens()).isEqualTo(90);
        assertThat(event.getFinishReason()).isEqualTo("stop");
        assertThat(event.getMaxTokens()).isEqualTo(500);
    }

    @Test
    void objectsOverManyLinesWithNothingBetweenOrInAnEnvelopeAreRead() {
        for (String file :
                List.of("11-pretty-objects.openai.json", "12-concatenated.openai.json", "13-filebeat-message.ndjson")) {
            assertThat(events(file))
                    .as(file)
                    .hasSize(3)
                    .extracting(RequestEvent::getAccountId)
                    .containsExactly("a-0", "a-1", "a-2");
        }
    }

    @Test
    void redactedSecretsAreNobodysIdentity() {
        List<Ingested> read = read("14-redacted-authorization.openai.jsonl");

        assertThat(Reading.events(read)).isEmpty();
        assertThat(Reading.rejected(read))
                .hasSize(3)
                .allSatisfy(rejected -> assertThat(rejected.cause()).startsWith("no account"));
    }

    @Test
    void answersAddressesKeysAndCookiesAreNotKept() {
        List<RequestEvent> events = events("15-answer-and-keys-as-attributes.openai.jsonl");

        assertThat(events).hasSize(1);
        assertThat(written(events))
                .doesNotContain("THE ANSWER", "ann@example.org", "sk-not-real-1", "not-real-2", "not-real-3");
    }

    @Test
    void aStreamedResponseLoggedAsTextTellsItsUsage() {
        List<RequestEvent> events = events("16-sse-text.openai.jsonl");

        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.getInputTokens()).isEqualTo(40);
            assertThat(event.getOutputTokens()).isEqualTo(700);
            assertThat(event.getFinishReason()).isEqualTo("stop");
        });
        assertThat(events.get(0).getEventId()).isEqualTo("c1");
    }

    @Test
    void aPromptOfTokensIsOneMessageWithoutText() {
        RequestEvent event = event("17-token-array.openai.jsonl");

        assertThat(event.getMessages()).isEqualTo(1);
        assertThat(event.getTurn()).isZero();
        assertThat(event.getPrompt()).isNull();
    }

    @Test
    void timesAreReadInTheShapesThatExportersWrite() {
        assertThat(events("18-times.openai.jsonl"))
                .extracting(RequestEvent::getEventTime)
                .containsExactly(1793611800000L, 1793611800000L, 1798761600000L, 1793611800500L);
    }

    @Test
    void namesMayBeInCamelCase() {
        assertThat(event("19-camel-case.openai.jsonl").getAccountId()).isEqualTo("u-1");
    }

    @Test
    void theOperatorsResourceBeatsWhatASpanSaysOfItself() {
        List<RequestEvent> events = events("20-span-user-over-resource-account.otel.jsonl");

        assertThat(events).extracting(RequestEvent::getAccountId).containsOnly("acct-7");
        assertThat(events)
                .extracting(RequestEvent::getEndUserId)
                .containsExactly("made-up-0", "made-up-1", "made-up-2");
    }

    @Test
    void aBodyThatLiteLlmPassedThroughIsReadAsTheRequestItIs() {
        RequestEvent event = event("21-pass-through-body.litellm.jsonl");

        assertThat(event.getPrompt()).isEqualTo("Another one.");
        assertThat(event.getSystem()).isEqualTo("Be brief.");
        assertThat(Set.of(3, 4)).contains(event.getMessages());
        assertThat(event.getTurn()).isEqualTo(1);
        assertThat(event.getMaxTokens()).isEqualTo(50);
    }

    @Test
    void finishReasonsInATextAreRead() {
        assertThat(event("22-finish-reasons-as-text.otel.jsonl").getFinishReason())
                .isEqualTo("length");
    }
}

package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports that current libraries wrote themselves, with the model calls that are due. */
class OtelCapturesTest {
    private static final Path FOLDER = Path.of("../../shared/cases/otel");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NEVER_KEPT = List.of(
            "ANSWER-7731", "EARLIER-ANSWER-7732", "ERROR-TEXT-5512", "COOKIE-9911", "sk-test", "sk-lf", "lsv2_test");

    static Stream<String> files() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Stream.of("absent");
        }
        return expected().keySet().stream();
    }

    private static Map<String, List<Map<String, String>>> expected() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("expected.tsv"));
        String[] names = lines.get(0).split("\t", -1);
        Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < names.length; column++) {
                row.put(names[column], values[column]);
            }
            rows.computeIfAbsent(values[0], file -> new ArrayList<>()).add(row);
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCallIsReadOnceWithAllThatItsFileHoldsAndNothingThatMustNotBeKept(String file) throws IOException {
        assumeThat(FOLDER).as("the captured exports").isDirectory();

        check(file, read(file, content(file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theOrderAndBatchingOfSpansAndLogRecordsMakeNoDifference(String file) throws IOException {
        assumeThat(FOLDER).as("the captured exports").isDirectory();
        assumeThat(file).as("JSON can be cut up here").endsWith(".jsonl");
        List<RequestEvent> whole = read(file, content(file));

        for (int seed = 0; seed < 20; seed++) {
            List<String> pieces = pieces(file);
            Collections.shuffle(pieces, new Random(seed));
            byte[] shuffled = String.join("\n", pieces).getBytes(StandardCharsets.UTF_8);

            List<RequestEvent> read = read(file, shuffled);

            check(file, read);
            assertThat(read).containsExactlyInAnyOrderElementsOf(whole);
        }
    }

    private static byte[] content(String file) throws IOException {
        byte[] content = Files.readAllBytes(FOLDER.resolve(file));
        Path logs = FOLDER.resolve(file.replace(".traces.", ".logs."));
        boolean apart = file.contains(".traces.") && Files.exists(logs);
        return apart ? GeneratedInputs.joined(content, Files.readAllBytes(logs)) : content;
    }

    /** Every span and log record in a batch of its own, log records of one moment in their order. */
    private static List<String> pieces(String file) throws IOException {
        List<String> pieces = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            JsonNode batch = JSON.readTree(line);
            for (String kind : List.of("Spans", "Logs")) {
                for (JsonNode resource : batch.path("resource" + kind)) {
                    for (JsonNode scope : resource.path("scope" + kind)) {
                        String list = kind.equals("Spans") ? "spans" : "logRecords";
                        if (kind.equals("Logs")) {
                            byCall(scope.path(list))
                                    .forEach(records -> pieces.add(batch(kind, list, resource, scope, records)));
                            continue;
                        }
                        scope.path(list).forEach(item -> pieces.add(batch(kind, list, resource, scope, List.of(item))));
                    }
                }
            }
        }
        return pieces;
    }

    private static List<List<JsonNode>> byCall(JsonNode records) {
        Map<String, List<JsonNode>> byCall = new LinkedHashMap<>();
        records.forEach(item -> byCall.computeIfAbsent(item.path("spanId").asText(), span -> new ArrayList<>())
                .add(item));
        return new ArrayList<>(byCall.values());
    }

    private static String batch(String kind, String list, JsonNode resource, JsonNode scope, List<JsonNode> items) {
        ObjectNode batch = JSON.createObjectNode();
        ObjectNode ofResource = batch.putArray("resource" + kind).addObject();
        ofResource.set("resource", resource.path("resource"));
        ObjectNode ofScope = ofResource.putArray("scope" + kind).addObject();
        ofScope.set("scope", scope.path("scope"));
        ofScope.putArray(list).addAll(items);
        return batch.toString();
    }

    private static List<RequestEvent> read(String file, byte[] content) throws IOException {
        boolean hasAccount = expected().get(file).stream()
                .anyMatch(row -> !row.get("account").isEmpty());
        IngestOptions options = hasAccount
                ? IngestOptions.DEFAULT
                : IngestOptions.DEFAULT.withAccount(AccountChoice.of("account.id,service.name"));
        try (RequestEventReader reader = RequestEventReader.open(new ByteArrayInputStream(content), file, options)) {
            List<Ingested> all = Reading.all(reader);
            assertThat(Reading.rejected(all)).isEmpty();
            return Reading.events(all);
        }
    }

    private static void check(String file, List<RequestEvent> events) throws IOException {
        List<Map<String, String>> rows = expected().get(file);
        Map<String, RequestEvent> byId =
                events.stream().collect(Collectors.toMap(RequestEvent::getEventId, event -> event));
        assertThat(events).as("each once").hasSize(byId.size());
        assertThat(byId.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row.get("event")).toList());
        List<String> problems = new ArrayList<>();
        for (Map<String, String> row : rows) {
            RequestEvent event = byId.get(row.get("event"));
            compare(row, "operation", event.getOperation(), problems);
            compare(row, "model", event.getModel(), problems);
            compare(row, "prompt", event.getPrompt(), problems);
            compare(row, "system", event.getSystem(), problems);
            compare(row, "input", event.getInputTokens(), problems);
            compare(row, "output", event.getOutputTokens(), problems);
            compare(row, "cached", event.getCachedInputTokens(), problems);
            compare(row, "reasoning", event.getReasoningTokens(), problems);
            compare(row, "finish", event.getFinishReason(), problems);
            compare(row, "stream", event.getStream(), problems);
            compare(row, "status", event.getStatus(), problems);
            compare(row, "user", event.getEndUserId(), problems);
            compare(row, "conversation", event.getConversationId(), problems);
            compare(row, "account", event.getAccountId(), problems);
        }
        assertThat(problems).isEmpty();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (RequestEvent event : events) {
            RequestEventJson.writeLine(event, written);
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain(NEVER_KEPT);
    }

    private static void compare(Map<String, String> row, String column, Object actual, List<String> problems) {
        String due = row.get(column).replaceFirst(" \\(.*\\)$", "");
        if (column.equals("prompt") || column.equals("system")) {
            due = row.get(column);
        }
        if (!due.isEmpty() && !due.equals(String.valueOf(actual))) {
            problems.add(row.get("event") + " " + column + ": " + actual + " instead of " + due);
        }
        boolean text = column.equals("prompt") || column.equals("system");
        if (due.isEmpty() && text && actual != null) {
            problems.add(row.get("event") + " has a " + column + " that its file does not hold: " + actual);
        }
    }
}

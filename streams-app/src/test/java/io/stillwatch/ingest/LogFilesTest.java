package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    private static final long TIME = 1_793_611_800_000L;

    @TempDir
    private Path folder;

    private String file(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        return file.toString();
    }

    private static String line(int minute, String id) {
        return "{\"event_id\":\"" + id + "\",\"event_time\":" + (TIME + minute * 60_000L)
                + ",\"account_id\":\"a\",\"prompt\":\"p\"}";
    }

    private static List<Ingested> read(List<String> arguments) {
        try (LogFiles files = LogFiles.open(arguments, IngestOptions.DEFAULT)) {
            List<Ingested> all = new ArrayList<>();
            files.forEachRemaining(all::add);
            return all;
        }
    }

    private static List<String> ids(List<String> arguments) {
        return Reading.events(read(arguments)).stream()
                .map(RequestEvent::getEventId)
                .toList();
    }

    @Test
    void filesAreReadInTheOrderOfTimeWhateverOrderTheyAreNamedIn() throws IOException {
        String first = file("c.jsonl", line(1, "1"), line(4, "4"));
        String second = file("b.jsonl", line(2, "2"), line(3, "3"));
        String third = file("a.jsonl", line(9, "9"));

        assertThat(ids(List.of(third, second, first))).containsExactly("1", "2", "3", "4", "9");
        assertThat(ids(List.of(first, third, second))).containsExactly("1", "2", "3", "4", "9");
    }

    @Test
    void aFileThatIsOutOfOrderInsideIsSorted() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int minute = 0; minute < 500; minute++) {
            lines.add(line(minute, String.format("%03d", minute)));
        }
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(ids(List.of(file("s.jsonl", shuffled.toArray(String[]::new)))))
                .isSorted()
                .hasSize(500);
    }

    @Test
    void whatStandsTooFarBehindIsTold() {
        TimeOrder order = new TimeOrder(10_000);
        List<Ingested> given = new ArrayList<>();
        for (int minute = 0; minute < 100; minute++) {
            order.add(accepted(minute));
            given.addAll(order.next(false));
        }
        order.add(accepted(0));
        for (List<Ingested> next = order.next(true); !next.isEmpty(); next = order.next(true)) {
            given.addAll(next);
        }

        assertThat(given).hasSize(101);
        assertThat(order.notice())
                .hasValueSatisfying(notice -> assertThat(notice).startsWith("1 events"));
    }

    private static Ingested.Accepted accepted(int minute) {
        RequestEvent event = GeneratedInputs.event(minute, TIME + minute * 60_000L);
        return new Ingested.Accepted(event, Position.line("x", minute + 1L));
    }

    @Test
    void foldersAndGlobsStandForTheirFilesButNotForWhatJobsLeaveBehind() throws IOException {
        file("logs/day=1/b.jsonl", line(2, "2"));
        file("logs/day=0/a.jsonl", line(1, "1"));
        file("logs/_SUCCESS", "");
        file("logs/.crc", "x");
        file("logs/day=1/c.txt.jsonl", line(3, "3"));
        String logs = folder.resolve("logs").toString();

        assertThat(ids(List.of(logs))).containsExactly("1", "2", "3");
        assertThat(ids(List.of(logs + "/**/[ab].jsonl"))).containsExactly("1", "2");
        assertThat(ids(List.of(logs + "/day=1/*.jsonl", logs))).containsExactly("1", "2", "3");
        assertThatThrownBy(() -> read(List.of(logs + "/*.csv")))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("There is no file in");
    }

    @Test
    void aFileThatCannotBeReadDoesNotStopTheOthersAndIsTold() throws IOException {
        String good = file("good.jsonl", line(1, "1"));
        String bad = file("bad.csv", "a,b", "1,2");

        try (LogFiles files = LogFiles.open(List.of(bad, good), IngestOptions.DEFAULT)) {
            List<Ingested> all = new ArrayList<>();
            files.forEachRemaining(all::add);

            assertThat(Reading.events(all)).hasSize(1);
            assertThat(files.failures()).hasSize(1).allMatch(failure -> failure.contains("bad.csv is in no format"));
        }
    }

    @Test
    void aSpanAndItsLogRecordsMayLieInTwoFilesInAnyOrder() throws IOException {
        String spans = file(
                "spans.json",
                "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"account.id\",\"value\":{\"stringValue\":\"a\"}}]},"
                        + "\"scopeSpans\":[{\"scope\":{\"name\":\"s\"},\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
                        + "\"spanId\":\"b7ad6b7169203331\",\"name\":\"chat m\",\"startTimeUnixNano\":\"1793611800000000000\","
                        + "\"endTimeUnixNano\":\"1793611801000000000\",\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":"
                        + "{\"stringValue\":\"chat\"}},{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"m\"}}]}]}]}]}");
        String logs = file(
                "logs.json",
                "{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{"
                        + "\"timeUnixNano\":\"1793611800100000000\",\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
                        + "\"spanId\":\"b7ad6b7169203331\",\"eventName\":\"gen_ai.user.message\",\"body\":{\"kvlistValue\":{\"values\":"
                        + "[{\"key\":\"content\",\"value\":{\"stringValue\":\"Where does the fog come from?\"}}]}}}]}]}]}");

        for (List<String> order : List.of(List.of(spans, logs), List.of(logs, spans))) {
            List<RequestEvent> events = Reading.events(read(order));
            assertThat(events).hasSize(1);
            assertThat(events.get(0).getPrompt()).isEqualTo("Where does the fog come from?");
            assertThat(events.get(0).getModel()).isEqualTo("m");
        }
    }

    @Test
    void aRequestThatWasLoggedTwiceCountsOnceWithTheUsageOfTheSecond() throws IOException {
        String begun = "{\"event_id\":\"x\",\"event_time\":" + TIME + ",\"account_id\":\"a\",\"prompt\":\"p\"}";
        String over = begun.replace("}", ",\"output_tokens\":70,\"finish_reason\":\"stop\"}");
        String other = begun.replace("\"p\"", "\"another\"");

        List<Ingested> read = read(List.of(file("twice.jsonl", begun, line(1, "y"), over, other)));

        assertThat(Reading.events(read)).hasSize(3);
        assertThat(Reading.events(read).get(0).getOutputTokens()).isEqualTo(70);
        assertThat(read).filteredOn(Ingested.Skipped.class::isInstance).hasSize(1);
    }

    @Test
    void aPayloadIsReadAsALineOfAFileIs() {
        PayloadReader reader = new PayloadReader(IngestOptions.DEFAULT);
        byte[] batch = ("[" + line(1, "1") + "," + line(2, "2") + "]").getBytes(StandardCharsets.UTF_8);

        List<Ingested> read = reader.read(batch, Position.record("requests-0", 17));

        assertThat(Reading.events(read)).extracting(RequestEvent::getEventId).containsExactly("1", "2");
        assertThat(read.get(1).at()).isEqualTo(Position.record("requests-0", 17).item(2));
        assertThat(reader.read(new byte[0], Position.record("requests-0", 18))).isEmpty();
    }
}

package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcesTest {
    @TempDir
    private Path folder;

    private record Run(int status, String printed, String complained) {}

    private Run run(String... arguments) {
        Streams streams = new Streams();
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data-dir";
        all[arguments.length + 1] = folder.resolve("data").toString();
        int status = Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), all);
        return new Run(status, streams.printed(), streams.complained());
    }

    static Stream<Path> samples() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/ingest"))) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> !file.toString().contains("expected"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noLineIsWiderThanEightyColumnsWhateverTheFormat(Path sample) {
        Run run = run("sources", "test", sample.toString());

        assertThat(run.printed().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.status()).isIn(0, 3);
    }

    @Test
    void itIsSaidWhatIsReadFromWhereAndWhatIsMissing() throws Exception {
        Path file = Files.writeString(
                folder.resolve("log.jsonl"),
                "{\"timestamp\":\"2026-11-02T09:30:00Z\",\"user_id\":\"u-1\",\"request\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"How do tides work?\"}]},\"response\":{\"usage\":{\"completion_tokens\":700}}}\n"
                        + "{\"timestamp\":\"2026-11-02T09:31:00Z\",\"user_id\":\"u-1\",\"request\":{\"model\":\"m\",\"messages\":[]}}\n"
                        + "{\"timestamp\":\"2026-11-02T09:32:00Z\",\"request\":{\"model\":\"m\",\"messages\":[]}}\n");

        Run run = run("sources", "test", file.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.printed())
                .contains("Read as openai.")
                .contains("  account  u-1\n           from user_id\n")
                .contains("  time     2026-11-02T09:30:00Z\n           from timestamp\n")
                .contains("  prompt   How do tides work?\n           from request.messages[0].content\n")
                .contains("  tokens   ? in, 700 out\n           from response.usage.completion_tokens\n")
                .contains("3 records: 2 requests, 1 that cannot be read, 0 that are none.")
                .contains("  account  2 of 2\n  time     2 of 2\n  prompt   1 of 2\n")
                .contains("  tokens   1 of 2\n")
                .contains("1 cannot be read, the first at")
                .contains("  no account: none of");
    }

    @Test
    void aMappingIsTriedSavedListedAndUsedUnderItsName() throws Exception {
        Path file = Files.writeString(
                folder.resolve("log.jsonl"),
                "{\"who\":\"u-1\",\"at\":\"2026-11-02T09:30:00Z\",\"ask\":\"Why?\",\"n\":9}\n");
        String[] fields = {
            "--field",
            "account_id=$.who",
            "--field",
            "event_time=$.at",
            "--field",
            "prompt=$.ask",
            "--field",
            "output_tokens=$.n"
        };

        assertThat(run("sources", "test", file.toString()).complained()).contains("--field");
        Run tried = run(Stream.concat(Stream.of("sources", "test", file.toString()), Stream.of(fields))
                .toArray(String[]::new));
        assertThat(tried.status()).isZero();
        assertThat(tried.printed())
                .contains("Read by the mapping of fields.")
                .contains("  account  u-1\n           from $.who\n")
                .contains("  tokens   ? in, 9 out\n           from $.n\n");
        Run saved = run(Stream.concat(Stream.of("sources", "save", "my-gateway"), Stream.of(fields))
                .toArray(String[]::new));
        assertThat(saved.complained()).contains("Saved in ");
        assertThat(run("sources", "list").printed())
                .isEqualTo("my-gateway  account_id=$.who event_time=$.at prompt=$.ask output_tokens=$.n\n");
        Run named = run("sources", "test", "--format", "my-gateway", file.toString());
        assertThat(named.printed()).isEqualTo(tried.printed());
        assertThat(run("sources", "test", "--format", "another", file.toString())
                        .complained())
                .contains("There is no format 'another'");
        assertThat(run("sources", "save", "openai", "--field", "account_id=$.a", "--field", "event_time=$.b")
                        .complained())
                .contains("no format's");
        assertThat(List.of(
                        run("sources", "test", "--field", "account_id=$.a", file.toString()),
                        run("replay"),
                        run("replay", "--sql", "SELECT 1", file.toString())))
                .allSatisfy(run -> assertThat(run.status()).isEqualTo(2));
    }

    @Test
    void standardInputIsTriedLikeAFile() throws Exception {
        byte[] log = Files.readAllBytes(Path.of("src/test/resources/ingest/openai/exchanges.jsonl"));
        Path file = Files.write(folder.resolve("log.jsonl"), log);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(log));
        try {
            Run piped = run("sources", "test", "-");

            Run named = run("sources", "test", file.toString());
            assertThat(piped.status()).isEqualTo(named.status());
            assertThat(piped.printed()
                            .replace("standard input", file.toString())
                            .lines()
                            .map(SourcesTest::withoutPlace))
                    .containsExactlyElementsOf(named.printed()
                            .lines()
                            .map(SourcesTest::withoutPlace)
                            .toList());
            assertThat(piped.printed()).contains("standard input line 1").contains("           from ");
        } finally {
            System.setIn(before);
        }
    }

    /** How much of a path fits on its line depends on its length. */
    private static String withoutPlace(String line) {
        return line.contains(" line ") || line.endsWith("…") ? "" : line;
    }

    @Test
    void whatIsReadSeveralTimesSaysThatStandardInputWillNotDo() {
        Run run = run("evaluate", "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complained()).contains("standard input will not do; save it to a file and name that.");
    }
}

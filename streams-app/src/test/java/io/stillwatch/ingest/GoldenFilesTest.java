package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each format's mapping, on files written after the format's own schema: {@code x.jsonl} beside {@code x.expected}. */
class GoldenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/ingest");

    static Stream<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.jsonl?")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void theFormatIsToldByTheContentAndEveryRecordComesOutAsExpected(Path input) {
        try (RequestEventReader reader = RequestEventReader.open(input, Optional.empty(), IngestLimits.DEFAULT)) {
            List<String> read = Reading.all(reader).stream()
                    .map(Reading::render)
                    .map(line ->
                            line.replace(input.toString(), input.getFileName().toString()))
                    .toList();

            assertThat(reader.format().map(InputFormat::id))
                    .contains(input.getParent().getFileName().toString());
            if (Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"))) {
                write(expected(input), read);
            }
            assertThat(read).isEqualTo(lines(expected(input)));
        }
    }

    private static Path expected(Path input) {
        return input.resolveSibling(input.getFileName().toString().replaceFirst("\\.jsonl?$", ".expected"));
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

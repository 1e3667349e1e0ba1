package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every broken input in {@code src/test/resources/broken}, against the outcome its sidecar tells: exit code (0 all read,
 * 3 some rejected, 1 failure), counts ({@code -1} means some), parts of the sentences.
 */
class BrokenInputsTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken");
    private static final int FAILURE = 1;

    @TempDir
    Path temporary;

    /** What reading an input came to. */
    private record Outcome(int exit, List<Ingested> read, List<String> sentences) {}

    static Stream<String> cases() throws IOException {
        return names(".*\\.yaml");
    }

    private static Stream<String> names(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(pattern))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aBrokenInputEndsAsItsSidecarTells(String name) throws IOException {
        JsonNode expected =
                new YAMLMapper().readTree(FOLDER.resolve(name + ".yaml").toFile());
        Path input = input(name, expected);

        Outcome outcome = read(input, expected);

        String all = String.join("\n", outcome.sentences);
        IngestTally tally = Reading.tally(outcome.read);
        assertThat(outcome.exit).as(all).isEqualTo(expected.path("exit").intValue());
        assertCount("accepted", tally.accepted(), expected, all);
        assertCount("rejected", tally.rejected(), expected, all);
        assertCount("skipped", tally.skipped(), expected, all);
        expected.path("messages").forEach(message -> assertThat(all).contains(message.textValue()));
        assertThat(outcome.sentences).allSatisfy(BrokenInputsTest::assertPrintable);
        if (Files.isRegularFile(input) && !expected.has("generated")) {
            assertThat(Reading.rejected(outcome.read)).allSatisfy(rejected -> assertOriginalIsIn(input, rejected));
        }
    }

    @Test
    void everyInputHasASidecarAndThereAreMoreThanFortyFive() throws IOException {
        List<String> sidecars = names(".*\\.yaml").toList();
        List<String> inputs = names(".*\\.(?!yaml).*").toList();

        assertThat(sidecars).hasSizeGreaterThan(45).containsAll(inputs);
    }

    private Path input(String name, JsonNode expected) throws IOException {
        if (expected.has("generated")) {
            return GeneratedInputs.make(name, temporary);
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "."))
                    .filter(file -> !file.toString().endsWith(".yaml"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Outcome read(Path input, JsonNode expected) {
        Optional<InputFormat> format =
                InputFormat.withId(expected.path("format").asText());
        List<String> sentences = new ArrayList<>();
        try (RequestEventReader reader = RequestEventReader.open(input, format, IngestLimits.DEFAULT)) {
            List<Ingested> read = Reading.all(reader);
            Reading.rejected(read)
                    .forEach(rejected -> sentences.add(
                            rejected.at().toString().replace(input.toString(), "input") + ": " + rejected.cause()));
            reader.emptyNotice().ifPresent(sentences::add);
            return new Outcome(Reading.tally(read).exitCode(), read, sentences);
        } catch (IngestException e) {
            return new Outcome(FAILURE, List.of(), List.of(e.getMessage()));
        }
    }

    private static void assertCount(String what, long count, JsonNode expected, String all) {
        int wanted = expected.path(what).intValue();
        if (wanted < 0) {
            assertThat(count).as(what + ": " + all).isPositive();
        } else {
            assertThat(count).as(what + ": " + all).isEqualTo(wanted);
        }
    }

    private static void assertPrintable(String sentence) {
        assertThat(sentence).hasSizeLessThan(500).matches("[^\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}]+");
    }

    private static void assertOriginalIsIn(Path input, Ingested.Rejected rejected) throws IOException {
        assertThat(rejected.original().complete()).isTrue();
        byte[] original = rejected.original().bytes();
        if (latin1(original).startsWith("{\"resource")) {
            // A piece of a batch has its resource put around it, so that it can be read again by itself.
            assertThat(Reading.rejected(Reading.all(original)))
                    .extracting(Ingested.Rejected::cause)
                    .contains(rejected.cause());
            return;
        }
        assertThat(latin1(Files.readAllBytes(input)))
                .as("the original of %s", rejected.at())
                .contains(latin1(original));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

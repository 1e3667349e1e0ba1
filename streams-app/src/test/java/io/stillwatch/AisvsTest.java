package io.stillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on conformance names only what is there. */
class AisvsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/aisvs.md");
    private static final List<Path> TESTS =
            List.of(Path.of("src/test/java"), ROOT.resolve("schemas/src/test/java"), ROOT.resolve("consumers"));

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)#([a-zA-Z0-9]+)`");
    private static final Pattern FILE = Pattern.compile("`([a-zA-Z0-9._-]+(?:/[a-zA-Z0-9._-]+)+)`");
    private static final Pattern ROW = Pattern.compile("^\\| (C11\\.[0-9.]+) \\|.*\\|$", Pattern.MULTILINE);
    private static final int COLUMNS = 6;

    @Test
    void everyControlHasOneWholeRow() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (MatchResult row : all(ROW)) {
            List<String> cells = Arrays.stream(row.group().split("\\|"))
                    .skip(1)
                    .map(String::strip)
                    .toList();
            assertThat(rows.put(row.group(1), cells)).as(row.group(1)).isNull();
        }

        assertThat(rows).containsOnlyKeys("C11.5.2", "C11.5.3", "C11.6.2", "C11.7.1", "C11.7.2", "C11.7.3", "C11.7.4");
        rows.forEach((control, cells) -> {
            assertThat(cells).as(control).hasSize(COLUMNS).allMatch(cell -> !cell.isEmpty());
            assertThat(FILE.matcher(cells.get(3)).find()).as(control).isTrue();
            assertThat(TEST.matcher(cells.get(4)).find()).as(control).isTrue();
        });
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        assertThat(all(TEST))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(source(test.group(1)))
                        .as(test.group(1))
                        .hasValueSatisfying(source -> assertThat(source)
                                .as(test.group())
                                .containsPattern("\n {4}void " + test.group(2) + "\\(")));
    }

    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        assertThat(all(FILE))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file.group(1))).exists());
    }

    private static List<MatchResult> all(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(DOCUMENT)).results().toList();
    }

    private static Optional<String> source(String test) throws IOException {
        for (Path directory : TESTS) {
            try (Stream<Path> files = Files.walk(directory)) {
                Optional<Path> found =
                        files.filter(file -> file.endsWith(test + ".java")).findFirst();
                if (found.isPresent()) {
                    return Optional.of(Files.readString(found.get()));
                }
            }
        }
        return Optional.empty();
    }
}

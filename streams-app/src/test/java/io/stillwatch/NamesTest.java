package io.stillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name stands for one idea, wherever it is read. */
class NamesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void noTwoClassesHaveOneName() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, Long> byName = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

            assertThat(byName)
                    .hasSizeGreaterThan(100)
                    .allSatisfy((name, classes) -> assertThat(classes).isEqualTo(1));
        }
    }
}

package io.stillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NullAway looks at packages that are marked only, so none may be left out. */
class NullMarkedTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "stillwatch");

    @Test
    void everyPackageSaysThatNothingInItIsNullThatIsNotMarkedSo() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct())
                    .isNotEmpty()
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                            .content()
                            .contains("@NullMarked\npackage io.stillwatch"));
        }
    }
}

package io.stillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NullAway looks at packages that are marked only, so none may be left out. */
class NullMarkedTest {
    @ParameterizedTest
    @ValueSource(strings = {".", "../schemas", "../bench", "../embedding"})
    void everyPackageSaysThatNothingInItIsNullThatIsNotMarkedSo(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(module, "src", "main", "java", "io", "stillwatch"))) {
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

package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that hold what is expected, byte for byte. {@code STILLWATCH_UPDATE_GOLDEN=true} in the environment writes them
 * anew; the change then shows in the diff.
 */
public final class Golden {
    private static final boolean UPDATE = Boolean.parseBoolean(System.getenv("STILLWATCH_UPDATE_GOLDEN"));

    private Golden() {}

    public static void check(Class<?> test, String name, String actual) {
        Path file = Path.of("src", "test", "resources")
                .resolve(test.getPackageName().replace('.', '/'))
                .resolve("golden")
                .resolve(name);
        try {
            if (UPDATE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(actual).as("%s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

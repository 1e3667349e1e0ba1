package io.stillwatch.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone with everything in it when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** Makes a directory that is deleted, with all that is in it, when closed. */
    public static TemporaryDirectory create(String name) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("stillwatch-" + name + "-"));
        } catch (IOException e) {
            throw new UserException(
                    "No temporary directory can be made; give --data-dir DIR, or set java.io.tmpdir to a directory"
                            + " with room.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(path)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path each : deepestFirst) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

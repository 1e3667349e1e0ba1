package io.stillwatch.schema.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Freezes every schema that changed since its newest release as that schema's next version. Refuses, and writes nothing,
 * while any schema is incompatible with a released version.
 */
public final class ReleaseSchemas {
    private ReleaseSchemas() {}

    /**
     * Releases what changed and says what it released.
     *
     * @param arguments the schemas module's folder; the working folder when absent
     * @throws IllegalStateException if a schema may not be released, with one line for each reason
     */
    public static void main(String[] arguments) throws IOException {
        Path module = Path.of(arguments.length == 0 ? "" : arguments[0]);
        List<Path> written = release(module);
        if (written.isEmpty()) {
            System.out.println("Every schema is the one newest released; there is nothing to release.");
        }
        written.forEach(file -> System.out.println("Released " + module.relativize(file) + "; commit it."));
    }

    static List<Path> release(Path module) throws IOException {
        List<SchemaHistory> histories = SchemaHistory.of(module);
        List<String> problems = histories.stream()
                .flatMap(history -> history.incompatibilities().stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Nothing was released, because of:\n" + String.join("\n", problems));
        }
        List<Path> written = new ArrayList<>();
        for (SchemaHistory history : histories) {
            if (history.unreleased().isPresent()) {
                Files.createDirectories(history.folder());
                written.add(Files.copy(history.source(), history.nextFile()));
            }
        }
        return written;
    }
}

package io.stillwatch.schema.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * A message's schema as it is in the source and as it was released.
 *
 * @param name record name, for example {@code Alert}
 * @param source file the current schema is in
 * @param current the schema in the source
 * @param released the released versions, oldest first
 * @param folder where the released versions are
 */
record SchemaHistory(String name, Path source, Schema current, List<Schema> released, Path folder) {
    static final String RELEASE_COMMAND = "mvn -q -pl schemas test-compile exec:java";

    SchemaHistory {
        released = List.copyOf(released);
    }

    /** The histories of all schemas of the module, by name. */
    static List<SchemaHistory> of(Path module) throws IOException {
        List<SchemaHistory> histories = new ArrayList<>();
        try (Stream<Path> files = Files.list(module.resolve("src/main/avro"))) {
            for (Path source : files.sorted().toList()) {
                String name = source.getFileName().toString().replaceFirst("\\.avsc$", "");
                Path folder = module.resolve("src/main/resources/io/stillwatch/schema/released")
                        .resolve(name);
                List<Schema> released = new ArrayList<>();
                for (int version = 1; Files.exists(file(folder, version)); version++) {
                    released.add(parse(file(folder, version)));
                }
                histories.add(new SchemaHistory(name, source, parse(source), released, folder));
            }
        }
        return histories;
    }

    /** One sentence for each way in which a released version and the current one cannot read each other. */
    List<String> incompatibilities() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < released.size(); i++) {
            String version = name + " v" + (i + 1);
            for (Incompatibility found : incompatibilities(current, released.get(i))) {
                problems.add("The current " + name + " cannot read messages of " + version + ": " + sentence(found));
            }
            for (Incompatibility found : incompatibilities(released.get(i), current)) {
                problems.add("Readers of " + version + " cannot read the current " + name + ": " + sentence(found));
            }
        }
        return problems;
    }

    /** What there is to release, in one sentence; empty when the newest release is the current schema. */
    Optional<String> unreleased() {
        if (released.isEmpty()) {
            return Optional.of(name + " was never released: run '" + RELEASE_COMMAND + "' to release it as v1.");
        }
        if (!released.get(released.size() - 1).equals(current)) {
            return Optional.of(name + " differs from its newest release v" + released.size() + ": run '"
                    + RELEASE_COMMAND + "' to release it as v" + (released.size() + 1) + ", or undo the change.");
        }
        return Optional.empty();
    }

    /** File the next release goes into. */
    Path nextFile() {
        return file(folder, released.size() + 1);
    }

    private static Path file(Path folder, int version) {
        return folder.resolve("v" + version + ".avsc");
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }

    private static String sentence(Incompatibility found) {
        return found.getType() + " at " + found.getLocation() + " (" + found.getMessage() + ").";
    }
}

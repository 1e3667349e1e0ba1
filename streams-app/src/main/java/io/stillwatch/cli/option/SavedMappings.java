package io.stillwatch.cli.option;

import io.stillwatch.ingest.FieldMapping;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mappings of fields under names of their own, each a file with one NAME=PATH a line in the data directory. */
public final class SavedMappings {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final String SUFFIX = ".mapping";
    private static final int MOST_BYTES = 64 << 10;

    private final Path folder;

    /** Those in a data directory. */
    public SavedMappings(Path dataDirectory) {
        this.folder = dataDirectory.resolve("mappings");
    }

    /**
     * The mapping of that name; empty where there is none.
     *
     * @throws UserException where it cannot be read
     */
    public Optional<FieldMapping> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path file = folder.resolve(name + SUFFIX);
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("It is too long.");
            }
            List<String> pairs = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return Optional.of(FieldMapping.of(pairs));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(
                    "The mapping " + Printable.escape(file.toString()) + " cannot be used: " + e.getMessage(),
                    ExitStatus.USAGE,
                    e);
        }
    }

    /**
     * Keeps a mapping under a name.
     *
     * @throws UserException where the name cannot be one, or the file not be written
     */
    public Path save(String name, FieldMapping mapping) {
        if (!NAME.matcher(name).matches() || InputFormat.withId(name).isPresent()) {
            throw new UserException(
                    "A mapping's name is of small letters, digits and hyphens, and no format's; '"
                            + Printable.escape(name) + "' is none.",
                    ExitStatus.USAGE);
        }
        Path file = folder.resolve(name + SUFFIX);
        try {
            Files.createDirectories(folder);
            Files.write(file, mapping.pairs(), StandardCharsets.UTF_8);
            return file;
        } catch (IOException e) {
            throw new UserException(
                    "The mapping cannot be written to " + Printable.escape(file.toString())
                            + "; name another --data-dir.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    /** The names that there are, in the order of the alphabet. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserException("The folder " + folder + " cannot be read.", ExitStatus.FAILURE, e);
        }
    }
}

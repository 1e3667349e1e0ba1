package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Inputs as a user names them: files, {@code -} for standard input, folders with all that is in them, and globs such as
 * {@code logs/2026-11-*.jsonl.gz} and {@code logs/**}{@code /*.json}. Within a folder what begins with a dot or an underscore
 * is left out: that is no log, but what file systems and jobs leave behind.
 */
final class InputPaths {
    private static final String WILD = "*?[{";

    private InputPaths() {}

    /**
     * The single inputs, each once, those of a folder or glob in the order of their names.
     *
     * @throws IngestException if one names nothing
     */
    static List<String> of(List<String> arguments) {
        Set<String> inputs = new LinkedHashSet<>();
        for (String argument : arguments) {
            inputs.addAll(of(argument));
        }
        return List.copyOf(inputs);
    }

    private static List<String> of(String argument) {
        if (argument.equals(RequestEventReader.STANDARD_INPUT)) {
            return List.of(argument);
        }
        try {
            Path path = Path.of(argument);
            if (Files.isDirectory(path)) {
                return named(argument, within(path, file -> true));
            }
            return Files.exists(path) || !isGlob(argument) ? List.of(argument) : named(argument, matching(argument));
        } catch (InvalidPathException e) {
            throw new IngestException("'" + Printable.text(argument, 200) + "' is no file name.");
        } catch (PatternSyntaxException e) {
            throw new IngestException(
                    "'" + Printable.text(argument, 200) + "' is neither a file nor a pattern of names.");
        } catch (IOException | UncheckedIOException e) {
            throw new IngestException(
                    Printable.text(argument, 200) + " cannot be read: "
                            + Printable.text(String.valueOf(e.getMessage()), 200) + ".",
                    e);
        }
    }

    private static boolean isGlob(String argument) {
        return argument.chars().anyMatch(character -> WILD.indexOf(character) >= 0);
    }

    private static List<String> matching(String glob) throws IOException {
        Path base = Path.of("");
        Path pattern = Path.of(glob);
        if (pattern.isAbsolute()) {
            base = pattern.getRoot();
        }
        for (Path step : pattern) {
            if (isGlob(step.toString())) {
                break;
            }
            base = base.resolve(step);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return Files.isDirectory(base.toString().isEmpty() ? Path.of(".") : base)
                ? within(base, matcher::matches)
                : List.of();
    }

    private interface Wanted {
        boolean is(Path file);
    }

    private static List<String> within(Path folder, Wanted wanted) throws IOException {
        Path start = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> walk = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
            List<String> found = new ArrayList<>();
            walk.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(start.relativize(file)))
                    .map(file -> folder.toString().isEmpty() ? start.relativize(file) : file)
                    .filter(wanted::is)
                    .sorted()
                    .forEach(file -> found.add(file.toString()));
            return found;
        }
    }

    private static boolean isHidden(Path file) {
        for (Path step : file) {
            String name = step.toString();
            if (name.startsWith(".") || name.startsWith("_")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> named(String argument, List<String> found) {
        if (found.isEmpty()) {
            throw new IngestException("There is no file in " + Printable.text(argument, 200) + ".");
        }
        return found;
    }
}

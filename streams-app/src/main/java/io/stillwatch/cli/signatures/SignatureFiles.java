package io.stillwatch.cli.signatures;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureException;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.simulate.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Signature files, read one by one so that each can say what is wrong with it.
 *
 * @param readable those that can be used, in the order given
 * @param problems of the others, each as {@code file:line: message}
 */
record SignatureFiles(List<SignatureFile> readable, List<String> problems) {

    /** A file that can be used. */
    record SignatureFile(Path path, String yaml, CompiledSignature compiled, List<Timeline> timelines) {}

    /**
     * Reads files, and the {@code .yaml} files of directories.
     *
     * @throws UserException where there is no such file, or a directory holds none
     */
    static SignatureFiles read(List<Path> paths) {
        List<SignatureFile> readable = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Path> byId = new TreeMap<>();
        for (Path path : paths.stream().flatMap(SignatureFiles::expand).toList()) {
            try {
                String yaml = SignatureReader.text(path);
                CompiledSignature compiled = SignatureReader.read(path.toString(), yaml);
                List<Timeline> timelines = SignatureTimelines.of(path.toString(), compiled.signature());
                Path other = byId.putIfAbsent(compiled.signature().id(), path);
                if (other == null) {
                    readable.add(new SignatureFile(path, yaml, compiled, timelines));
                } else {
                    problems.add(path + ":1: " + other + " has the id "
                            + compiled.signature().id() + " too; rename one of them");
                }
            } catch (SignatureException e) {
                problems.add(e.getMessage());
            } catch (RuntimeException e) {
                problems.add(path + ":1: a list in it has an empty entry, or a value is of the wrong kind");
            }
        }
        return new SignatureFiles(readable, problems);
    }

    private static Stream<Path> expand(Path path) {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new UserException("There is no file " + path + ".", ExitStatus.FAILURE);
            }
            return Stream.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(".+\\.ya?ml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new UserException(
                        path + " holds no signature; name a directory with .yaml files.", ExitStatus.FAILURE);
            }
            return found.stream();
        } catch (IOException e) {
            throw new UserException(
                    "The directory " + path + " cannot be read; check its permissions.", ExitStatus.FAILURE, e);
        }
    }

    /** Prints the problems. */
    void complain(TerminalOutput output) {
        problems.forEach(output::line);
    }
}

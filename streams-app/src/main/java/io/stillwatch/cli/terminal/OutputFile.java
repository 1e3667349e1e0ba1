package io.stillwatch.cli.terminal;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that commands write beside what they print. None takes the place of an input, and none is half written: what is
 * written goes to a file beside it first, which is moved at the end.
 */
public final class OutputFile {
    private OutputFile() {}

    /** Puts something into a writer. */
    @FunctionalInterface
    public interface Content {
        void write(Writer writer) throws IOException;
    }

    /** Puts something into a stream. */
    @FunctionalInterface
    public interface Bytes {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Makes sure, before the work, that outputs can be written and that nothing is lost by it.
     *
     * @param outputs to be written
     * @param inputs to be read
     * @throws UserException when an output is an input, is named twice, is a directory, or lies where nothing can be written
     */
    public static void check(List<Path> outputs, List<Path> inputs) {
        List<Path> sofar = new ArrayList<>();
        for (Path output : outputs) {
            if (inputs.stream().anyMatch(input -> isSame(output, input))) {
                throw new UserException(
                        "The file " + output
                                + " is read by this command and would be overwritten; give another --output.",
                        ExitStatus.USAGE);
            }
            if (sofar.stream().anyMatch(other -> isSame(output, other))) {
                throw new UserException(
                        "The file " + output + " is to be written twice; name it once.", ExitStatus.USAGE);
            }
            sofar.add(output);
            requireWritable(output);
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other)
                    ? Files.isSameFile(one, other)
                    : one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize());
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireWritable(Path output) {
        Path directory = directoryOf(output);
        boolean special = Files.exists(output) && !Files.isRegularFile(output) && !Files.isDirectory(output);
        if (Files.isDirectory(output)) {
            throw new UserException("'" + output + "' is a directory; name a file in it.", ExitStatus.FAILURE);
        }
        if (!special && !Files.isDirectory(directory)) {
            throw new UserException(
                    "The directory " + directory + " does not exist; make it, or name another file.",
                    ExitStatus.FAILURE);
        }
        boolean writable = special || Files.exists(output) ? Files.isWritable(output) : Files.isWritable(directory);
        if (!writable || !special && !Files.isWritable(directory)) {
            throw new UserException(
                    "The file " + output + " cannot be written; check who may write there.", ExitStatus.FAILURE);
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /**
     * Writes a text file and says so.
     *
     * @throws UserException when it cannot be written; what the file held is still there then
     */
    public static void write(Path file, Content content, TerminalOutput output) {
        fill(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            content.write(writer);
            writer.flush();
        });
        output.notice("Wrote " + file + ".");
    }

    /**
     * Fills a file.
     *
     * @throws UserException when it cannot be written; what the file held is still there then
     */
    public static void fill(Path file, Bytes content) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.write(out);
                }
                return;
            }
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file;
            Path part = target.resolveSibling("." + target.getFileName() + ".part");
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    content.write(out);
                }
                move(part, target);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UserException(
                    "The file " + file + " cannot be written; check that its directory exists and has room.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

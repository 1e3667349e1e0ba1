package io.stillwatch.cli.terminal;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that commands write beside what they print. */
public final class OutputFile {
    private OutputFile() {}

    /** Puts something into a writer. */
    @FunctionalInterface
    public interface Content {
        void write(Writer writer) throws IOException;
    }

    /**
     * Writes a file and says so.
     *
     * @throws UserException when it cannot be written
     */
    public static void write(Path file, Content content, TerminalOutput output) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            content.write(writer);
        } catch (IOException e) {
            throw new UserException(
                    "The file " + file + " cannot be written; check that its directory exists and has room.",
                    ExitStatus.FAILURE,
                    e);
        }
        output.notice("Wrote " + file + ".");
    }
}

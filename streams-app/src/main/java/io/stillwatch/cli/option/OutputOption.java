package io.stillwatch.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.io.UncheckedIOException;
import picocli.CommandLine.Option;

/** Whether a command prints for people or for programs. */
public final class OutputOption {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--output",
            completionCandidates = Choices.OfOutput.class,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people or json for programs, one object a line (default: ${DEFAULT-VALUE}).")
    private String format;

    /**
     * Whether the result is wanted as JSON.
     *
     * @throws UserException where the format is no known one
     */
    public boolean isJson() {
        return switch (format) {
            case "json" -> true;
            case "table" -> false;
            default ->
                throw new UserException(
                        "--output is table or json, not '" + Printable.escape(format) + "'.", ExitStatus.USAGE);
        };
    }

    /** An object of maps, lists, texts and numbers as one line of JSON. */
    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

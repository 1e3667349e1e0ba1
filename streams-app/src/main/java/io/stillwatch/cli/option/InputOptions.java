package io.stillwatch.cli.option;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How log files are read. */
public final class InputOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "stillwatch, litellm, otel, openai (also Anthropic, Gemini and batches), bedrock, langfuse, kong,"
                            + " envoy, apim, vertex or cloudflare (default: told by the content).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The zone of times that are written without one, such as UTC or Europe/Berlin (default: such"
                    + " times are refused).")
    private Optional<String> zone = Optional.empty();

    /**
     * What was asked for.
     *
     * @throws UserException if it cannot be meant
     */
    public IngestOptions options() {
        IngestOptions options = IngestOptions.DEFAULT.withFormat(format.map(InputOptions::format));
        return zone.isPresent() ? options.withZone(zone(zone.get())) : options;
    }

    static InputFormat format(String id) {
        return InputFormat.withId(id)
                .orElseThrow(() -> new UserException(
                        "There is no format '" + id + "'; the formats are " + InputFormat.ids() + ".",
                        ExitStatus.USAGE));
    }

    static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new UserException(
                    "There is no time zone '" + id + "'; name one such as UTC, +02:00 or Europe/Berlin.",
                    ExitStatus.USAGE,
                    e);
        }
    }
}

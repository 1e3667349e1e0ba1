package io.stillwatch.cli.option;

import io.stillwatch.ingest.FieldMapping;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import io.stillwatch.text.Reason;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How log files are read. */
public final class InputOptions {
    @Option(
            names = "--format",
            completionCandidates = Choices.OfFormat.class,
            paramLabel = "FORMAT",
            description =
                    "stillwatch, litellm, otel, openai (also Anthropic, Gemini and batches), bedrock, langfuse, kong,"
                            + " envoy, apim, vertex or cloudflare, or a mapping saved with 'sources save' (default: told by"
                            + " the content).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--field",
            paramLabel = "NAME=PATH",
            description = "Where a field of a request stands in JSON that is in no format known, such as"
                    + " account_id=$.user.id; messages, request and response may name a list of messages and the bodies of"
                    + " a call. Repeatable.")
    private List<String> fields = List.of();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The zone of times that are written without one, such as UTC or Europe/Berlin (default: such"
                    + " times are refused).")
    private Optional<String> zone = Optional.empty();

    /**
     * What was asked for, with the mappings of a data directory.
     *
     * @throws UserException if it cannot be meant
     */
    public IngestOptions options(Path dataDirectory) {
        Optional<FieldMapping> saved = format.filter(
                        name -> fields.isEmpty() && InputFormat.withId(name).isEmpty())
                .flatMap(new SavedMappings(dataDirectory)::find);
        if (saved.isPresent()) {
            IngestOptions options = IngestOptions.DEFAULT.withMapping(saved.get());
            return zone.isPresent() ? options.withZone(zone(zone.get())) : options;
        }
        return options();
    }

    /** The mapping that was asked for. */
    public Optional<FieldMapping> mapping() {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FieldMapping.of(fields));
        } catch (IllegalArgumentException e) {
            throw new UserException("--field: " + Printable.escape(Reason.of(e), 600), ExitStatus.USAGE, e);
        }
    }

    /**
     * What was asked for.
     *
     * @throws UserException if it cannot be meant
     */
    public IngestOptions options() {
        Optional<FieldMapping> mapping = mapping();
        if (mapping.isPresent() && format.isPresent()) {
            throw new UserException("Give --format or --field, not both.", ExitStatus.USAGE);
        }
        IngestOptions options = IngestOptions.DEFAULT.withFormat(format.map(InputOptions::format));
        options = mapping.isPresent() ? options.withMapping(mapping.get()) : options;
        return zone.isPresent() ? options.withZone(zone(zone.get())) : options;
    }

    static InputFormat format(String id) {
        return InputFormat.withId(id)
                .orElseThrow(() -> new UserException(
                        "There is no format '" + id + "'; the formats are " + InputFormat.ids()
                                + ", and those saved with 'stillwatch sources save'.",
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

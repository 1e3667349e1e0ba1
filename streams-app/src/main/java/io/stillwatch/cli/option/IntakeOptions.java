package io.stillwatch.cli.option;

import io.stillwatch.ingest.FieldMapping;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.intake.BearerToken;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.intake.SourceTopic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a running pipeline takes in beside request events: topics that others write, and what is sent over HTTP. */
public final class IntakeOptions {
    private static final int LONGEST_TOKEN_FILE = 4_096;
    private static final String LEGAL_TOPIC = "[a-zA-Z0-9._-]{1,249}";

    @Option(
            names = "--source",
            paramLabel = "TOPIC[=FORMAT]",
            split = ",",
            description =
                    "Read this topic as others write it, such as otlp_spans of an OpenTelemetry Collector: any format"
                            + " of docs/input-formats.md, told by the content unless named. Repeatable.")
    private List<String> sources = List.of();

    @Option(
            names = "--intake-port",
            paramLabel = "[HOST:]PORT",
            description =
                    "Take OTLP/HTTP and JSON there, on the loopback interface unless a host is named, such as 4318."
                            + " Another host needs --intake-token-file.")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--intake-token-file",
            paramLabel = "FILE",
            description = "File with the bearer token that senders have to show.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--intake-format",
            completionCandidates = Choices.OfFormat.class,
            paramLabel = "FORMAT",
            description = "Format, or saved mapping, of what is posted to /v1/requests (default: told by the content).")
    private Optional<String> intakeFormat = Optional.empty();

    @Mixin
    private AccountNameOption account;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "The zone of times in sources that are written without one, such as UTC (default: such times are"
                            + " refused).")
    private Optional<String> zone = Optional.empty();

    /**
     * Topics of others.
     *
     * @param saved mappings that can be named in the place of a format
     *
     * @throws UserException where one cannot be meant
     */
    public List<SourceTopic> sources(SavedMappings saved) {
        List<SourceTopic> topics = new ArrayList<>();
        for (String source : sources) {
            int equals = source.indexOf('=');
            String topic = (equals < 0 ? source : source.substring(0, equals)).strip();
            if (!topic.matches(LEGAL_TOPIC)) {
                throw new UserException(
                        "--source is TOPIC or TOPIC=FORMAT, such as otlp_spans=otel, not '" + Printable.escape(source)
                                + "'.",
                        ExitStatus.USAGE);
            }
            if (topics.stream().anyMatch(other -> other.name().equals(topic))) {
                throw new UserException("--source names the topic " + topic + " twice.", ExitStatus.USAGE);
            }
            topics.add(new SourceTopic(
                    topic,
                    equals < 0 ? reading() : in(source.substring(equals + 1).strip(), saved)));
        }
        return topics;
    }

    private IngestOptions in(String format, SavedMappings saved) {
        Optional<FieldMapping> mapping = InputFormat.withId(format).isPresent() ? Optional.empty() : saved.find(format);
        return mapping.isPresent()
                ? reading().withMapping(mapping.get())
                : reading().withFormat(Optional.of(InputOptions.format(format)));
    }

    /**
     * How what is posted as JSON is read.
     *
     * @throws UserException where it cannot be meant
     */
    public IngestOptions readingOfPosts(SavedMappings saved) {
        return intakeFormat.isPresent() ? in(intakeFormat.get(), saved) : reading();
    }

    /**
     * How what comes in is read.
     *
     * @throws UserException where it cannot be meant
     */
    public IngestOptions reading() {
        IngestOptions options = account.applyTo(IngestOptions.DEFAULT);
        return zone.isPresent() ? options.withZone(InputOptions.zone(zone.get())) : options;
    }

    /**
     * The address to listen on; empty where nothing is taken over HTTP.
     *
     * @throws UserException where it makes no sense, or others could send without a token
     */
    public Optional<InetSocketAddress> address() {
        Optional<InetSocketAddress> where = address.map(text -> HttpOption.parse("--intake-port", text));
        boolean others = where.isPresent() && !where.get().getAddress().isLoopbackAddress();
        if (others && tokenFile.isEmpty()) {
            throw new UserException(
                    "--intake-port " + Printable.escape(address.orElseThrow()) + " can be reached from other machines;"
                            + " give --intake-token-file with a token that senders show, such as 'openssl rand -hex 32'"
                            + " prints.",
                    ExitStatus.USAGE);
        }
        return where;
    }

    /**
     * What senders have to show; empty where nobody is asked.
     *
     * @throws UserException where the file has no token
     */
    public Optional<BearerToken> token() {
        return tokenFile.map(file -> {
            try {
                if (Files.size(file) > LONGEST_TOKEN_FILE) {
                    throw new IllegalArgumentException("A token is one line.");
                }
                return new BearerToken(Files.readString(file).strip());
            } catch (IOException e) {
                throw new UserException(
                        "The token file " + Printable.escape(file.toString())
                                + " cannot be read; name a file that you may read.",
                        ExitStatus.USAGE,
                        e);
            } catch (IllegalArgumentException e) {
                throw new UserException(
                        "The file " + Printable.escape(file.toString()) + " has no token: " + e.getMessage(),
                        ExitStatus.USAGE,
                        e);
            }
        });
    }
}

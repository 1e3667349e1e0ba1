package io.stillwatch.cli;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.LogFormat;
import io.stillwatch.runtime.UserException;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command takes, before or after its name. */
final class GlobalOptions {
    private static final String KAFKA_ENVIRONMENT_PREFIX = SettingDefaults.ENVIRONMENT_PREFIX + "KAFKA_";
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,…",
            scope = ScopeType.INHERIT,
            description = "Kafka cluster to use. Without it: the embedded Kafka.")
    private String bootstrapServers;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Properties file of Kafka client properties and, with the prefix 'stillwatch.', of any option"
                    + " here.")
    private Path unusedBecauseReadBeforehand;

    @Option(
            names = "-X",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "Kafka client property, such as security.protocol=SASL_SSL. Repeatable. Keep passwords in"
                    + " --config FILE: a command line can be seen by others.")
    private Map<String, String> kafkaProperties = new LinkedHashMap<>();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            scope = ScopeType.INHERIT,
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "What every topic's name begins with (default: ${DEFAULT-VALUE}).")
    private String prefix;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the embedded Kafka and the state stores keep their data (default: in your state"
                    + " directory; a temporary one for demo).")
    private Path dataDirectory;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Schema registry to use. Without it messages carry their schema's fingerprint.")
    private URI registry;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show what goes on inside, and stack traces.")
    private boolean verbose;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Show results and errors only.")
    private boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description =
                    "How to write what goes to standard error: for people, or as JSON lines with the field names of"
                            + " the Elastic Common Schema (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    LogFormat logFormat() {
        return logFormat;
    }

    Verbosity verbosity() {
        if (verbose) {
            return Verbosity.VERBOSE;
        }
        return quiet ? Verbosity.QUIET : Verbosity.NORMAL;
    }

    Optional<Path> dataDirectory() {
        return Optional.ofNullable(dataDirectory);
    }

    /**
     * What these options amount to together with the environment and the configuration file.
     *
     * @throws UserException where they make no sense
     */
    KafkaSettings settings(Map<String, String> environment, Map<String, String> file, Path defaultDataDirectory) {
        Map<String, String> properties = new TreeMap<>(file);
        properties.keySet().removeIf(name -> name.startsWith(SettingDefaults.FILE_PREFIX));
        properties.putAll(kafkaPropertiesIn(environment));
        properties.putAll(kafkaProperties);
        String fromProperties = properties.remove(BOOTSTRAP_SERVERS);
        try {
            Topics.live(prefix);
        } catch (IllegalArgumentException illegal) {
            throw new UserException(
                    "'" + prefix + "' is no topic prefix. " + illegal.getMessage(), ExitStatus.USAGE, illegal);
        }
        if (registry != null
                && (registry.getHost() == null
                        || !String.valueOf(registry.getScheme()).matches("https?"))) {
            throw new UserException(
                    "--registry is an address such as http://registry:8080, not '"
                            + Printable.escape(registry.toString()) + "'.",
                    ExitStatus.USAGE);
        }
        return new KafkaSettings(
                Optional.ofNullable(bootstrapServers).or(() -> Optional.ofNullable(fromProperties)),
                properties,
                prefix,
                Optional.ofNullable(dataDirectory).orElse(defaultDataDirectory),
                Optional.ofNullable(registry));
    }

    /** {@code STILLWATCH_KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}: how containers are given secrets. */
    private static Map<String, String> kafkaPropertiesIn(Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA_ENVIRONMENT_PREFIX) && !value.isEmpty()) {
                String property = name.substring(KAFKA_ENVIRONMENT_PREFIX.length());
                properties.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }
}

package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.Verbosity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

class SettingsTest {
    private final Map<String, String> environment = new HashMap<>(Map.of("XDG_STATE_HOME", "/state"));
    private final Streams streams = new Streams();

    @TempDir
    private Path directory;

    /** A command as others are: it asks its parent for what all share. */
    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        @ParentCommand
        private Stillwatch stillwatch;

        @Option(names = "--accounts", defaultValue = "7")
        private int accounts;

        private KafkaSettings settings;

        @Override
        public Integer call() {
            settings = stillwatch.settings();
            return accounts;
        }
    }

    @Test
    void withoutAnySettingItIsTheEmbeddedKafkaInTheStateDirectory() {
        KafkaSettings settings = settings();

        assertThat(settings.bootstrapServers()).isEmpty();
        assertThat(settings.prefix()).isEqualTo("stillwatch.");
        assertThat(settings.applicationId()).isEqualTo("stillwatch");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/state/stillwatch"));
        assertThat(settings.registry()).isEmpty();
        assertThat(settings.clientProperties()).isEmpty();
    }

    @Test
    void theCommandLineComesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        Path file = file("""
                stillwatch.prefix = file.
                stillwatch.bootstrap-servers = file:1
                stillwatch.data-dir = /file
                stillwatch.registry = http://file/
                """);
        environment.put("STILLWATCH_BOOTSTRAP_SERVERS", "environment:1");
        environment.put("STILLWATCH_DATA_DIR", "/environment");
        environment.put("STILLWATCH_CONFIG", file.toString());

        KafkaSettings settings = settings("--data-dir", "/flag");

        assertThat(settings.prefix()).isEqualTo("file.");
        assertThat(settings.registry()).contains(URI.create("http://file/"));
        assertThat(settings.bootstrapServers()).contains("environment:1");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/flag"));
    }

    @Test
    void clientPropertiesComeFromTheFileTheEnvironmentAndTheCommandLineInRisingOrder() throws IOException {
        Path file = file("""
                security.protocol=SASL_SSL
                sasl.mechanism=PLAIN
                client.id=file
                bootstrap.servers=file:9092
                """);
        environment.put("STILLWATCH_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        environment.put("STILLWATCH_KAFKA_CLIENT_ID", "environment");

        KafkaSettings settings = settings("--config=" + file, "-X", "client.id=flag", "-X", "linger.ms=5");

        assertThat(settings.clientProperties())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "SCRAM-SHA-512",
                        "client.id",
                        "flag",
                        "linger.ms",
                        "5"));
        assertThat(settings.bootstrapServers()).contains("file:9092");
    }

    @Test
    void anAddressAskedForByItsOwnOptionBeatsTheClientProperty() {
        assertThat(settings("-X", "bootstrap.servers=property:1", "--bootstrap-servers", "option:1")
                        .bootstrapServers())
                .contains("option:1");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        environment.put("STILLWATCH_PREFIX", "");

        assertThat(settings().prefix()).isEqualTo("stillwatch.");
    }

    @Test
    void optionsOfCommandsCanBeSetInTheEnvironmentToo() {
        assertThat(run(new Probe())).isEqualTo(7);
        environment.put("STILLWATCH_ACCOUNTS", "8");
        assertThat(run(new Probe())).isEqualTo(8);
        assertThat(run(new Probe(), "probe", "--accounts", "9")).isEqualTo(9);
    }

    @Test
    void globalOptionsAreTakenBeforeTheCommandAsWell() {
        Probe probe = new Probe();

        run(probe, "--prefix", "early.", "-X", "client.id=a", "probe", "--data-dir", "/late");

        assertThat(probe.settings.prefix()).isEqualTo("early.");
        assertThat(probe.settings.clientProperties()).containsEntry("client.id", "a");
        assertThat(probe.settings.dataDirectory()).isEqualTo(Path.of("/late"));
    }

    @Test
    void theApplicationIsNamedByThePrefixWithoutItsSeparator() {
        assertThat(settings("--prefix", "team-a.replay-1.").applicationId()).isEqualTo("team-a.replay-1");
        assertThat(settings("--prefix", "x_").applicationId()).isEqualTo("x");
    }

    private KafkaSettings settings(String... options) {
        Probe probe = new Probe();
        String[] arguments = new String[options.length + 1];
        arguments[0] = "probe";
        System.arraycopy(options, 0, arguments, 1, options.length);
        run(probe, arguments);
        assertThat(streams.complained()).isEmpty();
        return probe.settings;
    }

    private int run(Probe probe) {
        return run(probe, "probe");
    }

    private int run(Probe probe, String... arguments) {
        TerminalOutput output = new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
        CommandLine commands =
                CommandLines.create(environment, output, Terminal.NONE, streams.out(), streams.err(), arguments);
        return commands.addSubcommand(probe)
                .setDefaultValueProvider(commands.getDefaultValueProvider())
                .execute(arguments);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("client.properties"), content);
    }
}

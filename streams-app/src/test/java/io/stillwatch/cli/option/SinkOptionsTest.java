package io.stillwatch.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.cli.SettingDefaults;
import io.stillwatch.runtime.UserException;
import io.stillwatch.sink.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SinkOptionsTest {
    @TempDir
    private Path directory;

    @Command
    private static final class Holder {
        @Mixin
        private SinkOptions sinks;
    }

    private static List<String> targets(Map<String, String> file, String... arguments) {
        Holder holder = new Holder();
        CommandLine line = new CommandLine(holder);
        line.setDefaultValueProvider(new SettingDefaults(Map.of(), file));
        line.parseArgs(arguments);
        return holder.sinks.targets().stream().map(Target::description).toList();
    }

    private String secret() throws IOException {
        return Files.writeString(directory.resolve("secret"), "0123456789abcdef0123456789abcdef")
                .toString();
    }

    @Test
    void withoutOptionsThereIsNoSink() {
        assertThat(targets(Map.of())).isEmpty();
    }

    @Test
    void severalWebhooksAndSyslogReceiversAreTaken() throws IOException {
        assertThat(targets(
                        Map.of(),
                        "--webhook",
                        "https://a.example/hook?a=1,2",
                        "--webhook",
                        "http://localhost:8080",
                        "--webhook-secret-file",
                        secret(),
                        "--webhook-format",
                        "cef",
                        "--syslog",
                        "udp://siem.example:514",
                        "--syslog",
                        "tls://siem.example"))
                .containsExactly(
                        "webhook at a.example",
                        "webhook at localhost:8080",
                        "syslog (UDP) at siem.example:514",
                        "syslog (TLS) at siem.example");
    }

    @Test
    void theConfigurationFileNamesSeveralOnOneLine() throws IOException {
        assertThat(targets(Map.of(
                        "stillwatch.webhook",
                        "https://a.example/hook?a=1,2, https://b.example",
                        "stillwatch.webhook-secret-file",
                        secret())))
                .containsExactly("webhook at a.example", "webhook at b.example");
    }

    @Test
    void aWebhookWithoutASecretIsRefusedUnlessThatIsAskedFor() {
        assertThatThrownBy(() -> targets(Map.of(), "--webhook", "https://a.example"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--webhook-secret-file");
        assertThat(targets(Map.of(), "--webhook", "http://a.example", "--webhook-insecure"))
                .containsExactly("webhook at a.example");
    }

    @Test
    void whatCannotBeUsedIsSaidInOneSentence() {
        assertThatThrownBy(() -> targets(Map.of(), "--syslog", "ftp://a.example"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("'ftp'");
        assertThatThrownBy(() -> targets(Map.of(), "--webhook", "https://a", "--webhook-secret-file", "/nowhere"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> targets(Map.of(), "--webhook-format", "xml", "--syslog", "udp://a"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("'xml' is no format");
        assertThatThrownBy(() -> targets(Map.of(), "--sink-attempts", "0", "--syslog", "udp://a"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("at least 1");
    }
}

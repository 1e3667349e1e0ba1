package io.stillwatch.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.cli.Main;
import io.stillwatch.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingRanTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"alerts", "campaigns", "decisions"})
    void thatNothingIsListedWhereNothingEverRanIsNoGoodNews(String command) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int status = Main.run(
                Map.of(),
                Terminal.NONE,
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                command,
                "list",
                "--data-dir",
                directory.toString());

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("No pipeline has run here yet");
    }
}

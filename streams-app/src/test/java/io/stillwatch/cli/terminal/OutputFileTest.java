package io.stillwatch.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.cli.Main;
import io.stillwatch.runtime.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void anInputIsNeverAnOutputByWhateverName() throws IOException {
        Path log = file("x.jsonl", "{}");
        Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), log);

        for (Path output : List.of(log, link, directory.resolve(".").resolve("x.jsonl"))) {
            assertThatThrownBy(() -> OutputFile.check(List.of(output), List.of(log)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("would be overwritten");
        }
        assertThatCode(() -> OutputFile.check(List.of(directory.resolve("y.jsonl")), List.of(log)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeTheWork() {
        assertThatThrownBy(() -> OutputFile.check(List.of(directory.resolve("no/y.jsonl")), List.of()))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> OutputFile.check(List.of(directory), List.of()))
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() ->
                        OutputFile.check(List.of(directory.resolve("a.json"), directory.resolve("a.json")), List.of()))
                .hasMessageContaining("written twice");
    }

    @Test
    void aFileThatCannotBeFilledKeepsWhatItHeld() throws IOException {
        Path report = file("report.html", "yesterday's");

        assertThatThrownBy(() -> OutputFile.fill(report, out -> {
                    out.write(1);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UserException.class);

        assertThat(report).hasContent("yesterday's");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(report);
        }
    }

    @Test
    void aLinkIsWrittenThrough() throws IOException {
        Path report = file("report.html", "old");
        Path link = Files.createSymbolicLink(directory.resolve("newest.html"), report);

        OutputFile.fill(link, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));

        assertThat(report).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay %s --output %s", "calibrate %s --output %s"})
    void aCommandThatWouldOverwriteItsLogLeavesIt(String command) throws IOException {
        Path log = file("x.jsonl", "{\"event_id\":\"1\"}\n");

        int status = Main.run(
                Map.of(),
                Terminal.NONE,
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                command.formatted(log, log).split(" "));

        assertThat(status).isNotZero();
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("would be overwritten");
        assertThat(log).hasContent("{\"event_id\":\"1\"}\n");
    }
}

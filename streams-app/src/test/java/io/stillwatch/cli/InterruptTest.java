package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stillwatch.runtime.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, whatever the program is doing: it ends quietly, with the status that shells expect. */
@Tag("broker")
@Tag("slow")
@Timeout(180)
class InterruptTest {
    @TempDir
    private Path directory;

    /** @param shows what it prints once it has come to where it is stopped; empty where it says nothing there */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            topics describe --bootstrap-servers 127.0.0.1:1 |
            alerts list --watch --bootstrap-servers 127.0.0.1:1 |
            decisions list --bootstrap-servers 127.0.0.1:1  |
            doctor --bootstrap-servers 127.0.0.1:1          |
            run --bootstrap-servers 127.0.0.1:1             |
            replay -                                        |
            evaluate --simulate evaluation                  |
            run --management-port off                       | Ready: Stillwatch runs
            demo                                            | goes through
            """)
    void endsQuietly(String commandLine, String shows) throws Exception {
        Process process = start(commandLine);
        try {
            while (process.isAlive() && shows != null && !said().contains(shows)) {
                Thread.sleep(100);
            }
            Thread.sleep(shows == null ? 2_500 : 300);
            interrupt(process);
        } finally {
            process.destroyForcibly();
        }
        assertQuiet(process);
    }

    private void interrupt(Process process) throws Exception {
        assertThat(process.isAlive()).as(said()).isTrue();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("still runs").isTrue();
    }

    private void assertQuiet(Process process) throws IOException {
        assertThat(process.exitValue()).as(said()).isEqualTo(ExitStatus.INTERRUPTED.code());
        assertThat(said()).doesNotContain("stillwatch: ", "Exception", "WARN", "ERROR", "unexpected");
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private Process start(String commandLine) throws IOException {
        Path env = Path.of("/usr/bin/env");
        assumeTrue(Files.isExecutable(env) && Files.exists(Path.of("/proc/self")), "needs Linux' env");
        // What runs in the background of a shell ignores the signal, and so would its children.
        List<String> command = new ArrayList<>(List.of(
                env.toString(),
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(commandLine.split(" ")));
        if (!commandLine.matches("(demo|evaluate|replay).*")) {
            command.addAll(List.of("--data-dir", directory.resolve("data").toString()));
        }
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }
}

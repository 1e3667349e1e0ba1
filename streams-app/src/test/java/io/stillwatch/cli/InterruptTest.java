package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.runtime.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, whatever the program is doing: it ends quietly, with the status that shells expect. */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class InterruptTest {
    private static final long[] MOMENTS_MS = {600, 1_500, 2_500, 4_000, 6_000};

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

    /** The state on disk is lost each time, so each start reads it from Kafka again. */
    @Test
    void endsQuietlyWhereverAStartHasGotAndWhileAListIsWatched() throws Exception {
        String log = directory.resolve("small.jsonl").toString();
        Path data = directory.resolve("data");
        run("simulate", "small", "--output", log);
        run("replay", log, "--data-dir", data.toString());
        for (long afterMs : MOMENTS_MS) {
            delete(data.resolve("streams"));
            Process process = start("run --management-port off");
            try {
                Thread.sleep(afterMs);
                interrupt(process);
            } finally {
                process.destroyForcibly();
            }
            assertQuiet(process);
        }

        endsQuietly("alerts list --watch", "goes on until Ctrl-C");
        assertThat(Files.readString(directory.resolve("out"))).contains("al-");
    }

    private static void run(String... arguments) {
        Streams streams = new Streams();
        assertThat(Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), arguments))
                .as(streams.complained())
                .isZero();
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
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

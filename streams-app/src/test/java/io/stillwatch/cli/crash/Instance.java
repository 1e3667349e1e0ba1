package io.stillwatch.cli.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as a process of its own. */
final class Instance implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Instance(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code stillwatch run}.
     *
     * @param properties Kafka client properties
     */
    static Instance start(
            Program program, String bootstrapServers, String prefix, Path dataDirectory, Map<String, String> properties)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                bootstrapServers,
                "--prefix",
                prefix,
                "--data-dir",
                dataDirectory.toString()));
        properties.forEach((name, value) -> arguments.addAll(List.of("-X", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(program.command(arguments)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STILLWATCH_"));
        Path log = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Instance(builder.start(), log);
    }

    /** Fails the test where the process has ended by itself. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "The process ended with status " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to stop and waits until it has. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** Leaves no process behind, whatever the test came to. */
    @Override
    public void close() {
        kill();
    }
}

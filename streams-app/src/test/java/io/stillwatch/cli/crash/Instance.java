package io.stillwatch.cli.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own. */
final class Instance implements AutoCloseable {
    private static final Pattern INTAKE = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/v1/traces");

    private final Process process;
    private final Path log;
    private final long logBegan;

    private Instance(Process process, Path log, long logBegan) {
        this.process = process;
        this.log = log;
        this.logBegan = logBegan;
    }

    /**
     * Starts {@code stillwatch run}.
     *
     * @param properties Kafka client properties
     */
    static Instance start(
            Program program, String bootstrapServers, String prefix, Path dataDirectory, Map<String, String> properties)
            throws IOException {
        return start(program, bootstrapServers, prefix, dataDirectory, properties, List.of());
    }

    /** @param more options of {@code run} */
    static Instance start(
            Program program,
            String bootstrapServers,
            String prefix,
            Path dataDirectory,
            Map<String, String> properties,
            List<String> more)
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
        arguments.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(program.command(arguments)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STILLWATCH_"));
        Path log = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long logBegan = Files.exists(log) ? Files.size(log) : 0;
        return new Instance(builder.start(), log, logBegan);
    }

    /** The port on which it takes requests in; waits until it says so. */
    int intakePort() throws Exception {
        int[] port = {0};
        Await.until("it takes requests in", () -> {
            requireAlive();
            byte[] said = Files.readAllBytes(log);
            Matcher told = INTAKE.matcher(
                    new String(said, (int) logBegan, said.length - (int) logBegan, StandardCharsets.UTF_8));
            port[0] = told.find() ? Integer.parseInt(told.group(1)) : 0;
            return port[0] > 0;
        });
        return port[0];
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

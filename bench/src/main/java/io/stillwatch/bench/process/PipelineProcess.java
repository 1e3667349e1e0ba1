package io.stillwatch.bench.process;

import io.stillwatch.bench.load.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program itself, {@code stillwatch run}, in a Java machine of its own with little memory. */
public final class PipelineProcess implements AutoCloseable {
    private static final String MESSAGES = "messages.log";
    private static final Pattern MANAGEMENT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/health/ready");
    private static final int MESSAGES_TOLD = 20;
    private static final long STOP_WITHIN_SECONDS = 60;

    private final Process process;
    private final Path directory;

    private PipelineProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /**
     * Starts it on a workspace's Kafka.
     *
     * @param heap most the heap may take
     * @param rocksDb most that the state stores may take outside of the heap
     */
    public static PipelineProcess start(Workspace workspace, Bytes heap, Bytes rocksDb) throws IOException {
        return start(workspace, heap, rocksDb, List.of());
    }

    /**
     * Starts it on a workspace's Kafka.
     *
     * @param heap most the heap may take
     * @param rocksDb most that the state stores may take outside of the heap
     * @param options further ones of {@code stillwatch run}
     */
    public static PipelineProcess start(Workspace workspace, Bytes heap, Bytes rocksDb, List<String> options)
            throws IOException {
        Path directory = Files.createDirectories(workspace.stateDirectory("process"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the launcher starts it.
                "-XX:+UseParallelGC",
                "-XX:-UsePerfData",
                "-Djdk.nio.maxCachedBufferSize=1048576",
                "-Xmx" + heap.option(),
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + directory.resolve("gc.log") + "::filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stillwatch.cli.Main",
                "run",
                "--bootstrap-servers",
                workspace.bootstrapServers(),
                "--prefix",
                workspace.topics().prefix(),
                "--data-dir",
                directory.resolve("data").toString(),
                "--management-port",
                "0"));
        command.addAll(List.of("--rocksdb-memory", rocksDb.option()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(directory.resolve(MESSAGES).toFile());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        // Stopped from outside, this program must not leave the other one running.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "child-stop"));
        return new PipelineProcess(process, directory);
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /**
     * Prints the last of what the process said, if it has ended, which it must not by itself.
     *
     * @throws IllegalStateException where it has
     */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            List<String> messages = Files.readAllLines(directory.resolve(MESSAGES));
            messages.subList(Math.max(0, messages.size() - MESSAGES_TOLD), messages.size())
                    .forEach(System.err::println);
            throw new IllegalStateException("The pipeline's process ended with status " + process.exitValue()
                    + (process.exitValue() == 3 ? ": it ran out of heap" : "") + ".");
        }
    }

    /** Port of this machine that its metrics are on; waits until it says so. */
    public int managementPort() throws IOException, InterruptedException {
        while (true) {
            requireAlive();
            Matcher told = MANAGEMENT.matcher(Files.readString(directory.resolve(MESSAGES)));
            if (told.find()) {
                return Integer.parseInt(told.group(1));
            }
            Thread.sleep(100);
        }
    }

    /** Processor time it has taken so far; zero where the system does not tell. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Bytes of the state stores on disk. */
    public Bytes stateOnDisk() throws IOException {
        return Bytes.onDisk(directory.resolve("data"));
    }

    /** What the heap held; complete once the process has been closed. */
    public HeapLog heap() throws IOException {
        return HeapLog.read(directory.resolve("gc.log"));
    }

    /** Stops it as Ctrl-C does, or by force where that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

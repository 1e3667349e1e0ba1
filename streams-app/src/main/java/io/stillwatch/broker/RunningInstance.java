package io.stillwatch.broker;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The process that owns a data directory.
 *
 * @param pid its process id, 0 while it has not said yet
 * @param bootstrapServers where its embedded Kafka listens; empty while that starts, or where it uses another cluster
 */
public record RunningInstance(long pid, Optional<String> bootstrapServers) {

    /** As in "… is in use by the Stillwatch process with pid 4711". */
    String describe() {
        return pid == 0 ? "another Stillwatch process" : "the Stillwatch process with pid " + pid;
    }

    String encode() {
        return "pid=" + pid + "\n"
                + bootstrapServers
                        .map(servers -> "bootstrap.servers=" + servers + "\n")
                        .orElse("");
    }

    /** Reads what the owner of a lock file said; an owner that has said nothing readable yet has pid 0. */
    static RunningInstance read(Path file) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
            return new RunningInstance(
                    Long.parseLong(properties.getProperty("pid", "0")),
                    Optional.ofNullable(properties.getProperty("bootstrap.servers")));
        } catch (IOException | IllegalArgumentException unreadable) {
            return new RunningInstance(0, Optional.empty());
        }
    }
}

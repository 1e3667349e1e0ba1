package io.stillwatch.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Stillwatch this is, and which Kafka it brings. */
public final class BuildInfo {
    private BuildInfo() {}

    /** Stillwatch's own version. */
    public static String version() {
        return read("build.properties");
    }

    // Kafka's own class for this starts the logging first, which takes longer than all the rest of 'version'.
    /** The release of Kafka's client that is built in. */
    public static String kafkaVersion() {
        return read("/kafka/kafka-version.properties");
    }

    private static String read(String resource) {
        try (InputStream file = BuildInfo.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

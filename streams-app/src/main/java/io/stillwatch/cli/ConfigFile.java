package io.stillwatch.cli;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The file given by {@code --config}: a Java properties file of Kafka client properties, and of Stillwatch's own
 * settings under {@code stillwatch.}
 */
final class ConfigFile {
    private ConfigFile() {}

    /** @throws UserException where the file cannot be read or is no properties file */
    static Map<String, String> read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UserException(
                    "The configuration file " + path
                            + " cannot be read; give a readable properties file with --config.",
                    ExitStatus.USAGE,
                    unreadable);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}

package io.stillwatch.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The file that says a data directory is ours and what wrote it: {@code stillwatch.properties}.
 *
 * @param layout version of the directory's arrangement and of the state stores in it, 1 upwards; raised when an older
 *     Stillwatch could no longer read what a newer one wrote
 * @param kafkaVersion the newest Kafka that wrote here, as {@code major.minor.patch}
 * @param metadataLevel Kafka's {@code metadata.version} feature level at the time the storage was formatted
 */
record LayoutMarker(int layout, String kafkaVersion, short metadataLevel) {
    static final String FILE_NAME = "stillwatch.properties";
    static final int CURRENT_LAYOUT = 1;

    static LayoutMarker current() {
        return new LayoutMarker(
                CURRENT_LAYOUT,
                AppInfoParser.getVersion(),
                MetadataVersion.latestProduction().featureLevel());
    }

    /**
     * @return the directory's marker, or empty where it has none
     * @throws BrokerException where the marker cannot be read or understood
     */
    static Optional<LayoutMarker> read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return Optional.of(new LayoutMarker(
                    Integer.parseInt(properties.getProperty("layout", "").trim()),
                    properties.getProperty("kafka.version", "").trim(),
                    Short.parseShort(
                            properties.getProperty("kafka.metadata.level", "").trim())));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new BrokerException(
                    file + " is damaged, so it is unsafe to use the data beside it; restore the file or give another"
                            + " --data-dir.",
                    damaged);
        }
    }

    /** Written whole or not at all, so that a crash cannot leave half a marker. */
    void write(Path directory) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("layout", Integer.toString(layout));
        properties.setProperty("kafka.version", kafkaVersion);
        properties.setProperty("kafka.metadata.level", Short.toString(metadataLevel));
        Path fresh = directory.resolve(FILE_NAME + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            properties.store(writer, "What wrote this Stillwatch data directory. Do not edit.");
        }
        Files.move(
                fresh,
                directory.resolve(FILE_NAME),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * @throws BrokerException where something newer than this program wrote the directory: its records may be in a form
     *     this program would misread
     */
    void requireReadableBy(LayoutMarker program, Path directory) {
        if (layout > program.layout) {
            throw new BrokerException(directory + " was written by a newer Stillwatch (data layout " + layout
                    + ", this one knows " + program.layout
                    + "); use that Stillwatch or give another --data-dir.");
        }
        if (metadataLevel > program.metadataLevel || minorRelease(kafkaVersion) > minorRelease(program.kafkaVersion)) {
            throw new BrokerException(directory + " was written by Kafka " + kafkaVersion + ", newer than the "
                    + program.kafkaVersion
                    + " of this Stillwatch; use the Stillwatch that wrote it or give another --data-dir.");
        }
    }

    /** What to write after this program has opened a directory that an older one wrote. */
    LayoutMarker after(LayoutMarker program) {
        return new LayoutMarker(program.layout, program.kafkaVersion, metadataLevel);
    }

    /** Kafka keeps its formats within a minor release, so {@code 4.3.1} and {@code 4.3.9} rank the same: 4003. */
    private static int minorRelease(String version) {
        String[] parts = version.split("\\.", -1);
        try {
            return Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts.length > 1 ? parts[1] : "0");
        } catch (NumberFormatException unknown) {
            return Integer.MAX_VALUE;
        }
    }
}

package io.stillwatch.runtime;

import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** How much the program and the libraries in it log, over what {@code log4j2.xml} says. */
public final class LogLevels {
    /** Read by {@code log4j2.xml}. */
    private static final String FORMAT = "stillwatch.log.format";

    private static final String OURS = "io.stillwatch";
    private static final String KAFKA = "org.apache.kafka";
    private static final String KAFKA_SERVER = "kafka";

    private LogLevels() {}

    /** Makes the logs as wordy as a person wants them, in the format wanted. */
    public static void set(Verbosity verbosity, LogFormat format) {
        String wanted = format.name().toLowerCase(Locale.ROOT);
        if (!wanted.equals(System.getProperty(FORMAT, LogFormat.TEXT.name().toLowerCase(Locale.ROOT)))) {
            System.setProperty(FORMAT, wanted);
            Configurator.reconfigure();
        }
        set(verbosity);
    }

    /** Makes the logs as wordy as a person wants them. */
    public static void set(Verbosity verbosity) {
        switch (verbosity) {
            case QUIET -> Configurator.setRootLevel(Level.ERROR);
            case NORMAL -> {
                return;
            }
            case VERBOSE ->
                Configurator.setLevel(Map.of(OURS, Level.DEBUG, KAFKA, Level.INFO, KAFKA_SERVER, Level.INFO));
        }
    }
}

package io.stillwatch.cli.crash;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the program says on standard error while it runs. */
final class Sentences implements AutoCloseable {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger("io.stillwatch");
    private final AbstractAppender appender =
            new AbstractAppender("sentences", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
                        said.add(event.getMessage().getFormattedMessage());
                    }
                }
            };

    Sentences() {
        appender.start();
        logger.addAppender(appender);
    }

    /** All so far that hold some words. */
    List<String> with(String words) {
        return said.stream().filter(sentence -> sentence.contains(words)).toList();
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
    }
}

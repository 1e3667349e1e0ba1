package io.stillwatch.broker;

import io.stillwatch.host.FileHandles;
import java.nio.file.Path;
import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;

/**
 * What happens when the server cannot go on, as when its disk is full or no more files may be opened.
 *
 * <p>Left to itself the server halts the process without a word, because a node with a damaged log must not answer any
 * more. It still ends, but says why first.
 */
final class FatalFaults implements FaultHandlerFactory {
    private final Path dataDirectory;
    private final Consumer<String> lastWords;

    /** @param lastWords takes the sentence for the person at the keyboard, and ends the process */
    FatalFaults(Path dataDirectory, Consumer<String> lastWords) {
        this.dataDirectory = dataDirectory;
        this.lastWords = lastWords;
    }

    static FatalFaults haltingTheProcess(Path dataDirectory) {
        return new FatalFaults(dataDirectory, sentence -> {
            System.err.println(sentence);
            Runtime.getRuntime().halt(1);
        });
    }

    /** Parts of the server halt by themselves rather than through a fault handler. */
    void coverHalts() {
        Exit.setHaltProcedure((status, message) -> end(message));
        Exit.setExitProcedure((status, message) -> end(message));
    }

    static void uncoverHalts() {
        Exit.resetHaltProcedure();
        Exit.resetExitProcedure();
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        LoggingFaultHandler logging = new LoggingFaultHandler(name, action);
        if (!fatal) {
            return logging;
        }
        return (message, cause) -> {
            RuntimeException fault = logging.handleFault(message, cause);
            end(cause == null ? message : message + ": " + cause);
            return fault;
        };
    }

    private void end(String reason) {
        if (FileHandles.tells(reason)
                || FileHandles.now().filter(FileHandles::usedUp).isPresent()) {
            lastWords.accept("stillwatch: The embedded Kafka has stopped. " + FileHandles.sentence());
            return;
        }
        lastWords.accept("stillwatch: The embedded Kafka has stopped because it can no longer use " + dataDirectory
                + (reason == null ? "" : " (" + reason + ")")
                + "; make sure that the disk is neither full nor read-only, and start again.");
    }
}

package io.stillwatch.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * Closes what a command opened, last opened first, once: when the command is done, or when the process is told to stop
 * (Ctrl-C, SIGTERM), whichever comes first.
 *
 * <p>The order matters: a pipeline whose Kafka is gone cannot commit, and Java runs shutdown hooks all at once.
 */
public final class ShutdownSequence implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Reporter output;
    private final Thread hook = new Thread(this::closeAll, "stillwatch-shutdown");
    private boolean closed;

    private ShutdownSequence(Reporter output) {
        this.output = output;
    }

    /** A sequence that also runs when the process is told to stop. */
    public static ShutdownSequence onExit(Reporter output) {
        ShutdownSequence sequence = new ShutdownSequence(output);
        Runtime.getRuntime().addShutdownHook(sequence.hook);
        return sequence;
    }

    /**
     * Opens something that is closed before everything opened earlier.
     *
     * @return what was opened
     * @throws IllegalStateException where the process is being stopped; what was opened is closed again
     */
    public <T extends AutoCloseable> T open(T resource) {
        synchronized (this) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        closeOne(resource);
        throw new IllegalStateException("The process is being stopped.");
    }

    /** Whether this process is on its way out, so that what fails now fails because of that. */
    public static boolean isProcessEnding() {
        try {
            Thread probe = new Thread(() -> {}, "stillwatch-probe");
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** Waits until the process is told to stop. */
    public void awaitStop() throws InterruptedException {
        closing.await();
    }

    /** Whether the process has been told to stop. */
    public boolean isStopping() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        if (Thread.currentThread() != hook && !isStopping()) {
            removeHook();
        }
        closeAll();
    }

    /** The second caller waits for the first, so that neither goes on before all is closed. */
    private synchronized void closeAll() {
        closing.countDown();
        closed = true;
        while (!opened.isEmpty()) {
            closeOne(opened.pop());
        }
    }

    private void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception broken) {
            output.error("Something did not stop cleanly: " + broken);
            output.trace(broken);
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyRunning) {
            output.detail("Stopping.");
        }
    }
}

package io.stillwatch.console;

import java.util.Optional;

/** What a process says about itself to whoever starts and watches it. */
public interface Health {
    /**
     * How it stands.
     *
     * @param live whether it can still do its work; otherwise it should be started anew
     * @param ready whether it does its work now
     * @param status one word or two for that, such as {@code restoring}
     * @param reason why it failed, in a sentence; empty where it has not
     * @param stores state stores that are being made again; count
     * @param restored records of their changelogs that have been read
     * @param toRestore records of their changelogs that there were to read
     */
    record State(
            boolean live,
            boolean ready,
            String status,
            Optional<String> reason,
            int stores,
            long restored,
            long toRestore) {
        /** Where nothing is restored. */
        public static State of(boolean ready, String status) {
            return new State(true, ready, status, Optional.empty(), 0, 0, 0);
        }
    }

    State now();
}

package io.stillwatch.intake;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what is held of bodies, so that senders can be told to wait before memory is full. */
final class HeldBytes {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most how much may be held at once; bytes */
    HeldBytes(long most) {
        this.most = most;
    }

    /** Room for one body, which grows as it is expanded; given back once. */
    final class Share {
        private long bytes;

        /** Asks for room. Returns whether there is any. */
        synchronized boolean grow(long more) {
            if (held.addAndGet(more) > most) {
                held.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        synchronized void giveBack() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }

    Share share() {
        return new Share();
    }

    /** How much is held now; bytes. */
    long bytes() {
        return held.get();
    }
}

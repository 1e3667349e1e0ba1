package io.stillwatch.bench.load;

import java.util.Locale;

/** Says on standard error, every few seconds, how far a long piece of work is. */
public final class ProgressLine {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final String work;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long toldNanos = startNanos;

    /**
     * Begins now.
     *
     * @param work what is done, as in "filling"
     * @param total events there are to do
     */
    public ProgressLine(String work, long total) {
        this.work = work;
        this.total = total;
    }

    /** Takes notice that so many events are done. */
    public void at(long done) {
        long now = System.nanoTime();
        if (now - toldNanos < EVERY_NANOS || done == 0) {
            return;
        }
        toldNanos = now;
        double rate = done / ((now - startNanos) / 1e9);
        System.err.printf(
                Locale.ROOT,
                "%s: %,d of %,d events, %,.0f/s, %,.0f s left%n",
                work,
                done,
                total,
                rate,
                (total - done) / rate);
    }
}

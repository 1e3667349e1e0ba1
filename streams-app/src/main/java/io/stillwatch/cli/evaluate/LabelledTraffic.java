package io.stillwatch.cli.evaluate;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.TruthRow;
import java.util.Iterator;
import java.util.List;

/** Traffic with its truth. It can be played as often as needed, by several threads too, and is the same each time. */
interface LabelledTraffic {
    /** What people call it: a file's name without its ending, or a plan's. */
    String name();

    /** What each account really is. */
    List<TruthRow> truth();

    /** Plays it from the start; its iterator and its figures are for one thread. */
    Play play();

    /** One play. Its events are the player's own to change. */
    interface Play extends Iterator<RequestEvent>, AutoCloseable {
        /** How much of it has been played, 0 to 1; {@link Double#NaN} where the whole is unknown. */
        double done();

        /** Records that could not be read so far; count. */
        long rejected();

        /** Records that are no requests, or were logged twice, so far; count. */
        default long skipped() {
            return 0;
        }

        @Override
        void close();
    }
}

package io.stillwatch.runtime;

/** Who is told how the work gets on: a terminal, a log, or nobody. Safe for use by several threads. */
public interface Reporter {
    /** Something worth knowing. */
    void notice(String text);

    /** Something only for those who want to see what goes on inside. */
    void detail(String text);

    /** What went wrong, in one sentence. */
    void error(String sentence);

    /** Where something went wrong in the code; for those who asked for it. */
    void trace(Throwable thrown);

    /**
     * Begins to tell how far a long piece of work has come.
     *
     * @param label what is being done
     * @param unit what is counted, in the plural
     */
    Meter progress(String label, String unit);

    /** How far a long piece of work has come; closed when it is done. */
    interface Meter extends AutoCloseable {
        /**
         * Says how far the work has come. Cheap: call as often as convenient.
         *
         * @param doneItems how many of the unit are done, 0 upwards
         * @param fraction of all the work, 0 to 1; {@link Double#NaN} where the whole is unknown
         */
        void update(long doneItems, double fraction);

        @Override
        void close();
    }
}

package io.stillwatch.ingest;

/** Is told what a {@link PieceJoin} has to know again after a restart, as it changes. */
public interface PieceJournal {

    /** Forgets everything: a file is read again from its beginning. */
    PieceJournal NONE = new PieceJournal() {
        @Override
        public void held(Held held) {}

        @Override
        public void letGo(long number) {}

        @Override
        public void finished(long number, String eventId) {}

        @Override
        public void forgotten(long number) {}

        @Override
        public void times(String source, Times times) {}

        @Override
        public void rests(String source) {}
    };

    /**
     * A piece that is held.
     *
     * @param number of the piece, in the order in which they came
     * @param sinceMs event time from which its waiting is counted; milliseconds since 1970
     */
    record Held(long number, Piece piece, long sinceMs) {}

    /**
     * How far event time has come.
     *
     * @param newestGroup the group that told the newest time
     * @param newestMs the newest time of all; milliseconds since 1970
     * @param vouchedMs the newest time that another group vouches for; milliseconds since 1970
     */
    record Times(String newestGroup, long newestMs, long vouchedMs) {
        /** Nothing has been told yet. */
        public static final Times NONE = new Times("", Long.MIN_VALUE, Long.MIN_VALUE);

        /** The same after a group has told a time. */
        Times with(String group, long timeMs) {
            if (group.equals(newestGroup)) {
                return timeMs > newestMs ? new Times(group, timeMs, vouchedMs) : this;
            }
            if (timeMs >= newestMs) {
                return new Times(group, timeMs, newestMs);
            }
            return timeMs > vouchedMs ? new Times(newestGroup, newestMs, timeMs) : this;
        }
    }

    /** A piece is held from now on. */
    void held(Held held);

    /** A piece is held no longer. */
    void letGo(long number);

    /** A call was let go, so what comes for it later is told to be late. */
    void finished(long number, String eventId);

    /** A call that was let go is no longer remembered. */
    void forgotten(long number);

    /** Event time has gone on in a source. */
    void times(String source, Times times);

    /** A source is not waited for any more. */
    void rests(String source);
}

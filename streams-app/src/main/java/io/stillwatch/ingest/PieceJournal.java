package io.stillwatch.ingest;

/** Is told what a {@link PieceJoin} has to know again after a restart, as it changes. */
public interface PieceJournal {

    /** Forgets everything: a file is read again from its beginning. */
    PieceJournal NONE = new PieceJournal() {
        @Override
        public void held(long number, Piece piece) {}

        @Override
        public void letGo(long number) {}

        @Override
        public void finished(long number, String eventId) {}

        @Override
        public void forgotten(long number) {}

        @Override
        public void times(Times times) {}
    };

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
    }

    /** A piece is held from now on. */
    void held(long number, Piece piece);

    /** A piece is held no longer. */
    void letGo(long number);

    /** A call was let go, so what comes for it later is told to be late. */
    void finished(long number, String eventId);

    /** A call that was let go is no longer remembered. */
    void forgotten(long number);

    /** Event time may have gone on. */
    void times(Times times);
}

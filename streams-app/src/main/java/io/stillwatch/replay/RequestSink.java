package io.stillwatch.replay;

import io.stillwatch.ingest.Ingested;
import io.stillwatch.schema.RequestEvent;

/** Where the records of a log go. Not thread-safe unless it says so. */
public interface RequestSink {
    /** Takes one request event. */
    void send(RequestEvent event);

    /** Takes what could not be read, as it was, with its cause. */
    void sendDeadLetter(Ingested.Rejected rejected);

    /**
     * Says that the log is over: event time goes on so far that every account's last hour closes.
     *
     * @param reachedMs event time that the log has come to, milliseconds since 1970: see {@link
     *     io.stillwatch.account.EndOfLog}
     */
    void end(long reachedMs);

    /**
     * Says how far the log has come, of which more may follow: event time goes on to there, on every partition.
     *
     * @param reachedMs as of {@link #end}
     */
    void reach(long reachedMs);

    /** Whether what could not be read can be looked at when all is over. */
    boolean keepsDeadLetters();

    /** Waits until everything that was taken is safe. */
    void flush();
}

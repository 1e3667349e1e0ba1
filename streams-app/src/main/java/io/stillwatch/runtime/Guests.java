package io.stillwatch.runtime;

import io.stillwatch.schema.RequestFingerprint;
import java.util.Iterator;
import java.util.List;

/** Requests that are played into a history as if they had been in it. */
public interface Guests {
    /** Requests of their own, in the order of their times. */
    Iterator<RequestFingerprint> requests();

    /** What comes right after a request of the history, because of it. */
    List<RequestFingerprint> after(RequestFingerprint request);
}

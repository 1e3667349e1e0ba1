package io.stillwatch.topology.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record of the requests topic that is no request: whoever fed a log says that it is over, so event time may go on
 * without an event, and the last hour of every account is looked at. It lies in the topic like everything else, so what
 * follows from it follows again after a crash and in a replay.
 *
 * @param timeMs event time that all accounts have reached, milliseconds since 1970
 */
public record EndOfInput(long timeMs) {
    /** Header that tells such a record; its value is the time in decimal digits. */
    public static final String HEADER = "stillwatch.end-of-input";

    /** How long after the last event of a log every account's last pane is closed for certain. */
    public static final Duration AFTERWARDS = Duration.ofHours(3);

    private static final int MOST_DIGITS = 15;

    /** Marks a record. */
    public void mark(Headers headers) {
        headers.add(HEADER, Long.toString(timeMs).getBytes(StandardCharsets.US_ASCII));
    }

    public static boolean marks(Headers headers) {
        return headers.lastHeader(HEADER) != null;
    }

    /**
     * Reads the mark.
     *
     * @throws SerializationException when it says no time
     */
    public static EndOfInput read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        String digits = header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SerializationException(
                    "The header " + HEADER + " is not a time; it is event time in milliseconds since 1970, in digits.");
        }
        return new EndOfInput(Long.parseLong(digits));
    }
}

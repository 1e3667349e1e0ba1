package io.stillwatch.topology.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record of the requests topic that is no request: whoever fed a log says how far it went, so event time may go on without
 * an event. Where the log is over, the last hour of every account is looked at; where more of it may follow, time only goes on
 * as far as it came on the other partitions, so that an alert closes though its own partition has fallen silent. The record
 * lies in the topic like everything else, so what follows from it follows again after a crash and in a replay.
 *
 * @param timeMs event time that all accounts have reached, milliseconds since 1970
 * @param over whether nothing follows
 */
public record EndOfInput(long timeMs, boolean over) {
    /** Header that tells such a record; its value is the time in decimal digits, with a plus behind where more follows. */
    public static final String HEADER = "stillwatch.end-of-input";

    /** How long after the last event of a log every account's last pane is closed for certain. */
    public static final Duration AFTERWARDS = Duration.ofHours(3);

    private static final Pattern VALUE = Pattern.compile("([0-9]{1,15})(\\+?)");

    /** Marks a record. */
    public void mark(Headers headers) {
        headers.add(HEADER, (timeMs + (over ? "" : "+")).getBytes(StandardCharsets.US_ASCII));
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
        Matcher value =
                VALUE.matcher(header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII));
        if (!value.matches()) {
            throw new SerializationException(
                    "The header " + HEADER + " is not a time; it is event time in milliseconds since 1970, in digits.");
        }
        return new EndOfInput(Long.parseLong(value.group(1)), value.group(2).isEmpty());
    }
}

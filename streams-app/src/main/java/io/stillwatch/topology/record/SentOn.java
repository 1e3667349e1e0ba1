package io.stillwatch.topology.record;

import io.stillwatch.account.Detour;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The mark of a request that was on another partition than its account's, and was sent on: the partition it came by. It goes
 * along with the fingerprint, so time waits as it did when fingerprints are read again.
 *
 * @param detour how it comes round
 */
public record SentOn(Detour detour) {
    /** Its value is two numbers: the partition that the request was on, a slash, and how many there were. */
    public static final String HEADER = "stillwatch.sent-on";

    private static final Pattern VALUE = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    /** Marks a request. */
    public void mark(Headers headers) {
        CloudEventHeaders.set(
                headers, HEADER, (detour.partition() + "/" + detour.partitions()).getBytes(StandardCharsets.US_ASCII));
    }

    /** How a request came round; nothing where it came straight, or where the mark makes no sense. */
    public static Optional<Detour> read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        Matcher numbers = VALUE.matcher(new String(header.value(), StandardCharsets.US_ASCII));
        if (!numbers.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Detour(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    /** Lets a record be marked as another is. */
    static void copy(Headers from, Headers to) {
        Header header = from.lastHeader(HEADER);
        if (header != null) {
            to.add(header);
        }
    }
}

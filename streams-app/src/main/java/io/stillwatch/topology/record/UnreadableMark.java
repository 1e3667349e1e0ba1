package io.stillwatch.topology.record;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Marks a record of the requests topic of which is known already that it cannot be read: whatever takes logs in live puts
 * there what it could not read, with its original bytes, so that it is counted in the loss ledger and set aside as any
 * other record is that cannot be read.
 */
public final class UnreadableMark {
    /** Header that has the cause, one sentence. */
    public static final String HEADER = "stillwatch.unreadable";

    private UnreadableMark() {}

    /** Marks a record. */
    public static void mark(Headers headers, String cause) {
        headers.add(HEADER, cause.getBytes(StandardCharsets.UTF_8));
    }

    /** The cause; empty where the record is not marked. */
    public static Optional<String> read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null
                ? Optional.empty()
                : Optional.of(header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
    }
}

package io.stillwatch.topology.record;

import io.stillwatch.schema.RequestEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * CloudEvents headers of requests and their fingerprints. They are written once a request, so what is always alike is
 * encoded once, and the time is left to the record's timestamp.
 */
public final class RequestHeaders {
    private static final byte[] REQUEST = CloudEventHeaders.bytes(EventTypes.REQUEST);
    private static final byte[] FINGERPRINT = CloudEventHeaders.bytes(EventTypes.FINGERPRINT);
    private static final byte[] AVRO = CloudEventHeaders.bytes("application/avro");

    private final byte[] source;

    /** @param source of requests that name none: the requests topic, as the loss ledger says it too */
    public RequestHeaders(String source) {
        this.source = CloudEventHeaders.bytes(source);
    }

    /** Of a request that is fed from a log. */
    public Headers ofRequest(RequestEvent event) {
        return CloudEventHeaders.from(source, id(event), REQUEST, AVRO);
    }

    /** Of a request that is written again: its own, where it has them. */
    public Headers ofRequest(RequestEvent event, Headers before) {
        if (before.lastHeader(CloudEventHeaders.SPEC_VERSION) != null) {
            return before;
        }
        Headers headers = new RecordHeaders(before);
        ofRequest(event).forEach(header -> {
            if (headers.lastHeader(header.key()) == null) {
                headers.add(header);
            }
        });
        return headers;
    }

    /** Of a request's fingerprint: from the same source, under the request's id. */
    public Headers ofFingerprint(RequestEvent event, Headers request) {
        byte[] from = CloudEventHeaders.value(request, CloudEventHeaders.SOURCE);
        Headers headers = CloudEventHeaders.from(from == null ? source : from, id(event), FINGERPRINT, AVRO);
        SentOn.copy(request, headers);
        return headers;
    }

    /** What a request is known by within its source: its own id, or where it has none its account and time. */
    public static String id(RequestEvent event) {
        return event.getEventId().isEmpty() ? event.getAccountId() + "/" + event.getEventTime() : event.getEventId();
    }
}

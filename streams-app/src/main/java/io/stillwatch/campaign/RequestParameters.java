package io.stillwatch.campaign;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.RequestFingerprint;

/** How a request is made, apart from what it says: programs call in a way of their own and keep to it. */
final class RequestParameters {
    private static final double HUNDREDTHS = 100;

    private RequestParameters() {}

    /** 64-bit hash of the parameters and tools; equal for requests made alike, whatever they say and to which model. */
    static long hash(RequestFingerprint request) {
        long hash = Hash64.EMPTY;
        hash = Hash64.append(hash, hundredths(request.getTemperature()));
        hash = Hash64.append(hash, hundredths(request.getTopP()));
        hash = Hash64.append(hash, request.getMaxTokens());
        hash = Hash64.append(hash, request.getN());
        hash = Hash64.append(hash, request.getTopLogprobs());
        hash = Hash64.append(hash, (request.getLogprobs() ? 1 : 0) | (request.getStream() ? 2 : 0));
        hash = Hash64.append(hash, request.getStops());
        hash = Hash64.append(hash, request.getToolsHash());
        return Hash64.finish(hash);
    }

    private static long hundredths(Double value) {
        return value == null ? Long.MIN_VALUE : Math.round(value * HUNDREDTHS);
    }
}

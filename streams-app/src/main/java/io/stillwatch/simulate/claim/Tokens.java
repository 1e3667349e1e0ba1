package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;

/** Input tokens of what a claim sends along, as the provider counts them. */
final class Tokens {
    private static final int BYTES_EACH = 4;

    private Tokens() {}

    static long of(String text) {
        return Math.max(1, text.length() / BYTES_EACH);
    }

    /** Adds to the tokens that the provider counted, if it did. */
    static void add(RequestEvent event, long tokens) {
        Long counted = event.getInputTokens();
        if (counted != null && counted > 0) {
            event.setInputTokens(counted + tokens);
        }
    }
}

package io.stillwatch.console;

import java.util.List;

/** Headers by which a client with a key of its own may try to pass for another account. */
public final class Forgeries {
    private Forgeries() {}

    /**
     * Each a list of headers as they stand in a request.
     *
     * @param other an account that may pass
     */
    public static List<List<String>> passingFor(String other) {
        return List.of(
                List.of(),
                List.of("x-account-id: " + other),
                List.of("X-Account-Id: " + other),
                List.of("x-account-id: " + other, "x-account-id: " + other),
                List.of("x-account-id:"),
                List.of("x-account-id: " + "a".repeat(600)),
                List.of("x-account-id: \u00e4"),
                List.of("x_account_id: " + other),
                List.of("x-account-id-encoded: " + other),
                List.of("x-account-id-encoded: %zz"),
                List.of("x-account-id-encoded:", "x-account-id:"),
                List.of("x-account-id: a", "x-account-id: b", "x-account-id: c", "x-account-id: d", "x-account-id: e"),
                List.of("connection: close, x-account-id", "x-account-id: " + other));
    }
}

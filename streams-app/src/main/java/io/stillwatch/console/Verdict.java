package io.stillwatch.console;

import io.stillwatch.schema.DecisionAction;

/**
 * What a gateway is told about one request.
 *
 * @param status HTTP status
 * @param action what was decided about the account
 * @param retryAfterSeconds when to try again, from 1; 0 where that is not said
 */
record Verdict(int status, DecisionAction action, long retryAfterSeconds) {
    static final int OK = 200;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int TOO_MANY_REQUESTS = 429;
    static final int UNAVAILABLE = 503;

    static final Verdict ALLOWED = new Verdict(OK, DecisionAction.ALLOW, 0);
    static final Verdict WITHIN_RATE = new Verdict(OK, DecisionAction.THROTTLE, 0);
    static final Verdict CHALLENGED = new Verdict(UNAUTHORIZED, DecisionAction.CHALLENGE, 0);
    static final Verdict BLOCKED = new Verdict(FORBIDDEN, DecisionAction.BLOCK, 0);

    /** Nothing is known, and nothing passes that is not known. */
    static final Verdict NOT_KNOWN = new Verdict(UNAVAILABLE, DecisionAction.ALLOW, 1);

    /** No account is named, and nothing passes that is not known. */
    static final Verdict NOBODY = new Verdict(FORBIDDEN, DecisionAction.ALLOW, 0);

    static Verdict throttled(long retryAfterSeconds) {
        return new Verdict(TOO_MANY_REQUESTS, DecisionAction.THROTTLE, retryAfterSeconds);
    }

    /** A word for it, of few. */
    String word() {
        return switch (status) {
            case OK -> "pass";
            case TOO_MANY_REQUESTS -> "throttled";
            case UNAUTHORIZED -> "challenged";
            case UNAVAILABLE -> "unknown";
            default -> "blocked";
        };
    }

    /** The harsher of two. */
    Verdict or(Verdict other) {
        return harshness() >= other.harshness() ? this : other;
    }

    private int harshness() {
        return switch (status) {
            case OK -> action == DecisionAction.THROTTLE ? 1 : 0;
            case TOO_MANY_REQUESTS -> 2;
            case UNAUTHORIZED -> 3;
            case UNAVAILABLE -> 4;
            default -> 5;
        };
    }
}

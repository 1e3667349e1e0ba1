package io.stillwatch.sink;

import java.time.Duration;
import java.util.Optional;

/** An alert was not delivered. The message is a sentence for people, without secrets. */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean hopeless;
    private final transient Optional<Duration> wait;

    private DeliveryException(String message, boolean hopeless, Optional<Duration> wait) {
        super(message);
        this.hopeless = hopeless;
        this.wait = wait;
    }

    /** A failure that may pass. */
    static DeliveryException passing(String message) {
        return new DeliveryException(message, false, Optional.empty());
    }

    /** A failure that may pass, but not before a time the other side has told. */
    static DeliveryException notBefore(String message, Duration wait) {
        return new DeliveryException(message, false, Optional.of(wait));
    }

    /** The other side will never take this alert. */
    static DeliveryException forGood(String message) {
        return new DeliveryException(message, true, Optional.empty());
    }

    boolean isHopeless() {
        return hopeless;
    }

    /** How long the other side asked to wait. */
    Optional<Duration> waitAsked() {
        return wait == null ? Optional.empty() : wait;
    }
}

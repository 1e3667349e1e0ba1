package io.stillwatch.profile.codec;

import java.io.Serial;

/** Stored state cannot be read back; the message says what is wrong with it. */
public final class CorruptStateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public CorruptStateException(String message) {
        super(message);
    }
}

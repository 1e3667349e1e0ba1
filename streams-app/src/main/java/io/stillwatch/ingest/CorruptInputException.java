package io.stillwatch.ingest;

import java.io.IOException;
import java.util.Objects;

/**
 * The bytes of an input are damaged or cut off, as opposed to a device that fails to deliver them. What came before is
 * good. The message is a sentence without a full stop, safe to print.
 */
final class CorruptInputException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptInputException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package io.stillwatch.text;

/** Why something failed, in words, whatever threw it. */
public final class Reason {
    private Reason() {}

    /** What a failure says of itself; the name of its class where it says nothing. Not made safe to print. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}

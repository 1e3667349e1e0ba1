package io.stillwatch.runtime;

/** What the process tells the shell that started it. */
public enum ExitStatus {
    /** All was read and done. */
    OK(0),

    /** The command could not do its work. */
    FAILURE(1),

    /** The command line or a setting makes no sense; nothing was done. */
    USAGE(2),

    /** The work was done, but some records could not be read and were set aside. */
    SOME_REJECTED(3),

    /** A person stopped it, with Ctrl-C. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The number for the shell. */
    public int code() {
        return code;
    }
}

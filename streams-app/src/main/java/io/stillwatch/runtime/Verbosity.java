package io.stillwatch.runtime;

/** How much a person wants to be told beside the results. */
public enum Verbosity {
    /** Results and errors. */
    QUIET,

    /** Also what is worth knowing and how far a long command has come. */
    NORMAL,

    /** Also what goes on inside, and stack traces. */
    VERBOSE
}

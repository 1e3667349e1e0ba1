package io.stillwatch.runtime;

/** How lines on standard error are written. */
public enum LogFormat {
    /** For people. */
    TEXT,

    /** An object a line, with the field names of the Elastic Common Schema, for those who collect logs. */
    JSON
}

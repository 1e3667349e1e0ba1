package io.stillwatch.simulate.actor;

/** Where an account's requests come from, which decides its infrastructure tokens. */
public enum Footing {
    /** A person's own connection, or a mobile carrier shared with strangers. */
    HOME,
    /** A company's or a school's network, shared by everybody there. */
    OFFICE,
    /** A server at one of few hosting providers, shared with many unrelated programs. */
    CLOUD
}

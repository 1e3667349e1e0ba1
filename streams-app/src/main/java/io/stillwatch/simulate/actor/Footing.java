package io.stillwatch.simulate.actor;

/** Where an account's requests come from, which decides its infrastructure tokens. */
public enum Footing {
    /** A person's own connection, or a mobile carrier shared with strangers. */
    HOME,
    /** A company's or a school's network, shared by everybody there. */
    OFFICE,
    /** A server at one of few hosting providers, shared with many unrelated programs. */
    CLOUD,
    /** A company whose employees all use its one tool behind its one network, on its one bill. */
    SITE,
    /** A school: one network and the same devices for everybody, but nobody pays for another. */
    SCHOOL,
    /** Users of one app, each at home: the same client, and nothing else in common. */
    APP,
    /** People who have never met, each at home, though they make a team in that something reached them all. */
    APART;

    /** Whether a team is in one place. */
    public boolean onePlace() {
        return this != APP && this != APART;
    }

    /** Whether a team is an organisation, with one bill. */
    public boolean organisation() {
        return this == OFFICE || this == CLOUD || this == SITE;
    }

    /** Whether a team uses one and the same client. */
    public boolean oneClient() {
        return this == SITE || this == SCHOOL || this == APP;
    }
}

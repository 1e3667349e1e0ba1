package io.stillwatch.simulate.actor;

/** When the accounts of a kind were created. */
public enum SignUps {
    /** Over years; harvesters more often days before they begin. */
    USUAL,
    /** A whole team within an hour or two, days before it begins, as a teacher or an administrator does it. */
    AT_ONCE,
    /** Ever more of them: over years, but a third in the last days or after the beginning. */
    GROWING
}

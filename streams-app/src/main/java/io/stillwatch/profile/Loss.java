package io.stillwatch.profile;

/** placeholder */
public enum Loss {
    LATE,
    DUPLICATE,
    UNREADABLE,
    AHEAD,
    EVICTED;

    @SuppressWarnings("EnumOrdinal")
    public int position() {
        return ordinal();
    }
}

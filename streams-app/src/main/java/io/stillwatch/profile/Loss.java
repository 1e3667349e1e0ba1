package io.stillwatch.profile;

/**
 * Why records are missing from a profile, or might be counted otherwise than they should. The position in this list is
 * part of the stored encoding; new ones go to the end.
 */
public enum Loss {
    /** Came after the grace and was not counted. */
    LATE,
    /** The same had been sent under the same event id within ten seconds; counted once. */
    DUPLICATE,
    /** Could not be decoded. */
    UNREADABLE,
    /** Stamped ahead of the partition's clock by more than the grace; counted in its own pane. */
    AHEAD,
    /** An event id forgotten early because of the memory ceiling, so a repetition might count twice. */
    EVICTED;

    static final int KINDS = values().length;

    /** Place in stored encodings, from 0. */
    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    public int position() {
        return ordinal();
    }
}

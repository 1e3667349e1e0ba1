package io.stillwatch.profile;

import java.util.List;

/** A total that a profile keeps. The position in this list is part of the stored encoding; new ones go to the end. */
public enum Sum {
    /** How many requests. */
    REQUESTS,
    /** Prompt tokens billed. */
    INPUT_TOKENS,
    /** Prompt tokens read from a cache. */
    CACHED_INPUT_TOKENS,
    /** Answer tokens billed. */
    OUTPUT_TOKENS,
    /** Hidden reasoning tokens within the answers. */
    REASONING_TOKENS,
    /** Code points of the prompts. */
    CHARACTERS,
    /** Answers asked for (n). */
    SAMPLES,
    /** Temperatures set, in thousandths. */
    TEMPERATURE_MILLIS;

    /** All of them, in order. */
    static final List<Sum> ALL = List.of(values());

    static final int SIZE = ALL.size();

    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    int position() {
        return ordinal();
    }
}

package io.stillwatch.profile;

/**
 * How many requests have a property; never more than there are requests. The position in this list is part of the
 * stored encoding; new ones go to the end.
 */
public enum Count {
    FAILED,
    CACHE_READS,
    OUTPUT_KNOWN,
    FOLLOW_UPS,
    IN_CONVERSATION,
    WITH_SYSTEM,
    STREAMED,
    WITH_TOOLS,
    WITH_LOGPROBS,
    SEVERAL_SAMPLES,
    TEMPERATURE_SET,
    TEMPERATURE_ZERO,
    LIMIT_SET,
    LIMIT_TINY,
    LIMIT_LARGE,
    LIMIT_HIT,
    WITH_STOPS,
    WITH_END_USER,
    WITH_LANGUAGE,
    WITH_PROMPT,
    WITH_SHINGLES,
    EMBEDDED,
    BORNE_TURNS,
    PLAUSIBLE_TURNS,
    CONTRADICTED_TURNS,
    RECENT_REPEATS,
    REFUSED_EXTRACTION,
    CALLED_TOOLS,
    COLLIDING_IDS;

    static final int SIZE = values().length;

    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    int position() {
        return ordinal();
    }
}

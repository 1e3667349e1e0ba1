package io.stillwatch.profile;

/**
 * A sum that a profile keeps. The position in this list is part of the stored encoding; new ones go to the end.
 *
 * <p>All are counts of requests unless their name says otherwise.
 */
enum Count {
    REQUESTS,
    FAILED,
    INPUT_TOKENS,
    CACHED_INPUT_TOKENS,
    CACHE_READS,
    OUTPUT_TOKENS,
    OUTPUT_KNOWN,
    REASONING_TOKENS,
    FOLLOW_UPS,
    IN_CONVERSATION,
    WITH_SYSTEM,
    STREAMED,
    WITH_TOOLS,
    WITH_LOGPROBS,
    SEVERAL_SAMPLES,
    SAMPLES,
    TEMPERATURE_SET,
    TEMPERATURE_ZERO,
    TEMPERATURE_MILLIS,
    LIMIT_SET,
    LIMIT_TINY,
    LIMIT_LARGE,
    LIMIT_HIT,
    WITH_STOPS,
    CHARACTERS,
    WITH_END_USER,
    SHINGLES,
    WITH_LANGUAGE,
    WITH_PROMPT;

    static final int SIZE = values().length;

    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    int position() {
        return ordinal();
    }
}

package io.stillwatch.profile;

import io.stillwatch.schema.RequestFingerprint;
import java.util.Arrays;
import java.util.Optional;

/**
 * The part of an account's requests that are made alike: by a person in a dialogue, by an agent with tools, by a program
 * that leaves room for long answers. A harvest hidden among other requests is a program with a way of its own to call,
 * so in its strand it stands alone, however small a share of the account it is.
 *
 * <p>A request belongs to the first strand of this list that fits. The position is part of the stored encoding; new ones
 * go to the end.
 */
public enum Strand {
    /** Tools are offered. */
    TOOLS("tools", "offer tools"),

    /** Part of a conversation, or on behalf of an end user it names. */
    DIALOGUE("dialogue", "belong to a conversation or name an end user"),

    /** For a person's eyes: the answer is streamed; but nothing comes before it and no conversation is named. */
    STREAMED("streamed", "stream the answer to a single prompt"),

    /** Asks for log-probabilities or several answers at once. */
    PROBING("probing", "ask for log-probabilities or several answers"),

    /** Room for an answer of {@value Profile#LARGE_LIMIT} tokens or more is asked for. */
    ROOMY("roomy", "make room for long answers"),

    /** The answer is limited to less. */
    TIGHT("tight", "limit the answer"),

    /** Nothing of this. */
    PLAIN("plain", "are single requests without a limit"),

    /** Counted before strands were told apart, or not a request at all: what is lost is noted here. */
    UNSORTED("unsorted", "are not sorted into strands");

    private final String id;
    private final String meaning;

    Strand(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** The strand of a request. */
    public static Strand of(RequestFingerprint request) {
        if (request.getTools() > 0 || request.getToolsHash() != 0) {
            return TOOLS;
        }
        if (Profile.isFollowUp(request) || request.getConversationHash() != 0 || request.getEndUserHash() != 0) {
            return DIALOGUE;
        }
        if (request.getStream()) {
            return STREAMED;
        }
        if (request.getLogprobs() || request.getN() > 1) {
            return PROBING;
        }
        if (request.getMaxTokens() >= Profile.LARGE_LIMIT) {
            return ROOMY;
        }
        return request.getMaxTokens() >= 0 ? TIGHT : PLAIN;
    }

    /** The strand with an id, if there is one. */
    public static Optional<Strand> named(String id) {
        return Arrays.stream(values()).filter(strand -> strand.id.equals(id)).findFirst();
    }

    /** Name in signatures and findings. */
    public String id() {
        return id;
    }

    /** What its requests do, as the rest of a sentence that begins with the requests. */
    public String meaning() {
        return meaning;
    }

    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    int position() {
        return ordinal();
    }
}

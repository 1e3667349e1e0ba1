package io.stillwatch.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of an entity's requests that a signature reads: all of them, one strand, or those of an account that are set apart
 * by what they ask for.
 *
 * @param id how signatures call it: {@code whole}, {@code sought} or a strand's id
 * @param strand empty for what is no strand
 */
public record Part(String id, Optional<Strand> strand) {
    /** All requests. */
    public static final Part WHOLE = new Part("whole", Optional.empty());

    /** An account's requests that ask for what models are taught with and carry on nothing: {@link SoughtRequests}. */
    public static final Part SOUGHT = new Part("sought", Optional.empty());

    private static final List<Part> ALL = Stream.concat(
                    Stream.of(WHOLE, SOUGHT),
                    Arrays.stream(Strand.values())
                            .filter(strand -> strand != Strand.UNSORTED)
                            .map(strand -> new Part(strand.id(), Optional.of(strand))))
            .toList();

    /** All parts, the whole first. */
    public static List<Part> all() {
        return ALL;
    }

    /** The part with an id, if there is one. */
    public static Optional<Part> named(String id) {
        return ALL.stream().filter(part -> part.id().equals(id)).findFirst();
    }

    /** All ids, for messages. */
    public static String ids() {
        return ALL.stream().map(Part::id).collect(Collectors.joining(", "));
    }

    public boolean isWhole() {
        return equals(WHOLE);
    }

    /** What its requests do, as the rest of a sentence that begins with the requests; empty for all of them. */
    public Optional<String> meaning() {
        return equals(SOUGHT)
                ? Optional.of("ask for what models are taught with and carry on nothing")
                : strand.map(Strand::meaning);
    }

    /**
     * This part of a profile, not to be changed; empty when the entity has no such requests, and for {@link #SOUGHT}, which
     * no profile by strands holds.
     */
    public Optional<Profile> of(StrandedProfile profile) {
        return equals(SOUGHT)
                ? Optional.empty()
                : strand.map(profile::strand).orElseGet(() -> Optional.of(profile.whole()));
    }
}

package io.stillwatch.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of an entity's requests that a signature reads: all of them, or one strand.
 *
 * @param id how signatures call it: {@code whole} or a strand's id
 * @param strand empty for all requests
 */
public record Part(String id, Optional<Strand> strand) {
    /** All requests. */
    public static final Part WHOLE = new Part("whole", Optional.empty());

    private static final List<Part> ALL = Stream.concat(
                    Stream.of(WHOLE),
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

    /** This part of a profile, not to be changed; empty when the entity has no such requests. */
    public Optional<Profile> of(StrandedProfile profile) {
        return strand.map(profile::strand).orElseGet(() -> Optional.of(profile.whole()));
    }
}

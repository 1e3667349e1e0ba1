package io.stillwatch.replay;

import java.util.Collection;
import java.util.List;

/** Ids of which only the beginning was written, as people do with long ones. */
public final class ShortIds {
    /** A shorter beginning is a slip rather than an id. */
    private static final int LEAST = 4;

    private ShortIds() {}

    /**
     * The ids that may be meant: the very one where there is one, else all that begin so.
     *
     * @param written at least four characters, or only the very one is meant
     */
    public static List<String> meant(String written, Collection<String> ids) {
        if (ids.contains(written)) {
            return List.of(written);
        }
        return written.length() < LEAST
                ? List.of()
                : ids.stream().filter(id -> id.startsWith(written)).sorted().toList();
    }

    /** What to say where several may be meant. */
    public static String ambiguous(String written, List<String> candidates) {
        int most = 5;
        return "'" + written + "' may be " + String.join(", ", candidates.subList(0, Math.min(most, candidates.size())))
                + (candidates.size() > most ? " or one of " + (candidates.size() - most) + " more" : "")
                + "; write more of it.";
    }
}

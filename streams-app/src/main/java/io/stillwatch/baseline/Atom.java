package io.stillwatch.baseline;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A known way of asking: the mean embedding of its prompts, without their text.
 *
 * @param kind what it is known as
 * @param name unique in a dictionary; of an enrolled app its account
 * @param source where the prompts came from, for people
 * @param mean of its prompts
 * @param terms on which an enrolled app is vouched for; empty where it is without any
 */
public record Atom(Kind kind, String name, String source, PromptMean mean, Optional<Terms> terms) {
    /** One without terms. */
    public Atom(Kind kind, String name, String source, PromptMean mean) {
        this(kind, name, source, mean, Optional.empty());
    }

    /** What an atom is known as. */
    public enum Kind {
        /** Part of the general public. */
        PUBLIC("public"),
        /** An app that was vouched for. */
        ENROLLED("enrolled"),
        /** A published way to harvest answers. */
        KIT("kit");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** Name in files and on the command line. */
        public String id() {
            return id;
        }

        static Optional<Kind> named(String id) {
            return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
        }

        static String ids() {
            return Arrays.stream(values()).map(Kind::id).collect(Collectors.joining(", "));
        }
    }

    public Atom {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(source);
        if (name.isBlank()) {
            throw new BaselineException("an atom has no name; give it one");
        }
    }
}

package io.stillwatch.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of link key: something two accounts can share.
 *
 * <p>The position is part of the stored encoding; new ones go to the end.
 */
public enum LinkKind {
    PAYMENT(Family.PAYMENT, 4, 0.6, "payment token"),
    NETWORK(Family.NETWORK, 4, 0.4, "network"),
    SIGNUP(Family.SIGNUP, 4, 0.6, "sign-up token"),
    TLS(Family.SOFTWARE, 4, 0.3, "TLS fingerprint"),
    CLIENT(Family.SOFTWARE, 4, 0.1, "client"),
    INSTRUCTIONS(Family.INSTRUCTIONS, 8, 0.5, "system instructions"),
    OPENING(Family.OPENING, 8, 0.4, "prompt template"),
    PARAMETERS(Family.PARAMETERS, 8, 0.3, "request parameters"),

    /** No key, but the prompts themselves: they may well come from one source ({@code WorkGroups}). */
    WORK(Family.WORK, 0, 0.3, "kind of work");

    /**
     * Kinds of one family say the same thing, so sharing two of them counts as one.
     *
     * <p>Infrastructure ties accounts to each other; the rest is what they do, which customers of one product share too.
     */
    enum Family {
        PAYMENT(true),
        NETWORK(true),
        SIGNUP(true),
        SOFTWARE(false),
        INSTRUCTIONS(false),
        OPENING(false),
        PARAMETERS(false),
        WORK(false);

        private final boolean infrastructure;

        Family(boolean infrastructure) {
            this.infrastructure = infrastructure;
        }

        boolean isInfrastructure() {
            return infrastructure;
        }
    }

    private static final LinkKind[] ALL = values();
    private static final Map<String, LinkKind> BY_ID =
            Arrays.stream(ALL).collect(Collectors.toUnmodifiableMap(LinkKind::id, Function.identity()));

    private final Family family;
    private final int kept;
    private final double weight;
    private final String words;
    private final String id;

    LinkKind(Family family, int kept, double weight, String words) {
        this.family = family;
        this.kept = kept;
        this.weight = weight;
        this.words = words;
        this.id = name().toLowerCase(Locale.ROOT);
    }

    Family family() {
        return family;
    }

    /** Keys of the kind that are counted for an account at a time. */
    int kept() {
        return kept;
    }

    /** How much sharing a key of the kind says by itself that two accounts have one owner: a probability, 0 to 1. */
    double weight() {
        return weight;
    }

    /** Whether it is a token that requests carry, of which the key is the hash. */
    public boolean isToken() {
        return switch (this) {
            case PAYMENT, NETWORK, SIGNUP, TLS, CLIENT -> true;
            case INSTRUCTIONS, OPENING, PARAMETERS, WORK -> false;
        };
    }

    /** Whether accounts that share it have a key in common. */
    public boolean isKey() {
        return this != WORK;
    }

    /** How a person would call what is shared. */
    public String words() {
        return words;
    }

    /** Name in messages. */
    public String id() {
        return id;
    }

    /** The kind with a name; empty when it is not known, as with messages of a newer release. */
    public static Optional<LinkKind> named(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    public int position() {
        return ordinal();
    }

    static LinkKind at(int position) {
        return ALL[position];
    }
}

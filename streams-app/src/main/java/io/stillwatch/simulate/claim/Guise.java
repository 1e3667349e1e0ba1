package io.stillwatch.simulate.claim;

import io.stillwatch.simulate.chance.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Claims that an account makes together, in the order in which they are written.
 *
 * @param parts none for a guise that changes nothing
 */
public record Guise(List<Part> parts) {
    /** Nothing is claimed. */
    public static final Guise NONE = new Guise(List.of());

    /** Name of the guise of all claims together. */
    public static final String ALL = "all";

    private static final List<String> TOGETHER = List.of(
            "enduser", "stream", "system", "temp0", "nolimit", "repeat", "tools", "turns", "client", "model", "created",
            "sameid");
    private static final Map<String, String> OTHERWISE = Map.of("enduser", "enduser-topic", "turns", "conversations");

    /**
     * A claim with the share of requests that make it.
     *
     * @param share above 0, at most 1
     */
    public record Part(Claim claim, double share) {
        public Part {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("A share is above 0 and at most 1, not " + share + ".");
            }
        }

        /** As usual. */
        public static Part of(Claim claim) {
            return new Part(claim, claim.usualShare());
        }

        private String word() {
            return share == claim.usualShare() ? claim.name() : claim.name() + "=" + share;
        }
    }

    public Guise {
        parts = List.copyOf(parts);
    }

    /** One claim for each free field, of those that exclude each other the first. */
    public static Guise all() {
        return of(TOGETHER);
    }

    /** The same, but end users dealt by topic, and in longer conversations. */
    public static Guise allByTopic() {
        return of(TOGETHER.stream()
                .map(name -> OTHERWISE.getOrDefault(name, name))
                .toList());
    }

    private static Guise of(List<String> claims) {
        return new Guise(claims.stream()
                .map(name -> Part.of(ForgedClaims.named(name).orElseThrow()))
                .toList());
    }

    /**
     * Reads claims joined by {@code +}, each with the share of the requests that make it where it is not the usual one, as
     * in {@code enduser+repeat=0.2}; {@code all} stands for all of them.
     *
     * @return empty when one is unknown or its share is none
     */
    public static Optional<Guise> read(String text) {
        List<Part> parts = new ArrayList<>();
        for (String word : text.split("\\+", -1)) {
            if (word.equals(ALL)) {
                parts.addAll(all().parts());
                continue;
            }
            Optional<Part> part = part(word);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(new Guise(parts));
    }

    private static Optional<Part> part(String word) {
        int equals = word.indexOf('=');
        Optional<Claim> claim = ForgedClaims.named(equals < 0 ? word : word.substring(0, equals));
        if (claim.isEmpty() || equals < 0) {
            return claim.map(Part::of);
        }
        try {
            double share = Double.parseDouble(word.substring(equals + 1));
            return share > 0 && share <= 1 ? claim.map(known -> new Part(known, share)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As {@link #read} takes it; empty for none. */
    public String name() {
        return equals(all()) ? ALL : parts.stream().map(Part::word).collect(Collectors.joining("+"));
    }

    /** What forges the requests of one account. */
    public Forger forger(long accountSeed) {
        if (parts.isEmpty()) {
            return event -> {};
        }
        List<Forger> forgers = parts.stream()
                .map(part -> part.claim()
                        .forger(Chance.seed(accountSeed, part.claim().name()), part.share()))
                .toList();
        return event -> forgers.forEach(forger -> forger.forge(event));
    }

    /** What forges the requests of an account that is known by its id only. */
    public Forger forgerOf(String accountId) {
        return forger(Chance.seed(0, accountId));
    }
}

package io.stillwatch.campaign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An account of a group, with what ties it to the others.
 *
 * @param account its id
 * @param shared for each kind of link key that it shares, with how many other members, most at first
 * @param firstMs its first request, milliseconds since 1970
 * @param established whether it had been signed up for a month when it was first seen; empty when unknown
 * @param requests its requests ever seen
 * @param outputTokens its answer tokens ever seen
 */
public record Member(
        String account,
        Map<LinkKind, Integer> shared,
        long firstMs,
        Optional<Boolean> established,
        long requests,
        long outputTokens) {
    /** Whether it shares infrastructure, and not only what customers of one product would. */
    public boolean sharesInfrastructure() {
        return shared.keySet().stream().anyMatch(kind -> kind.family().isInfrastructure());
    }

    /** Families of link keys that it shares. */
    int families() {
        return (int) shared.keySet().stream().map(LinkKind::family).distinct().count();
    }

    /**
     * How sure the membership is: the probability that not all of what it shares is a coincidence, where the kinds speak
     * independently; 0 to 1.
     */
    public double confidence() {
        double coincidence = 1;
        for (LinkKind kind : shared.keySet()) {
            coincidence *= 1 - kind.weight();
        }
        return 1 - coincidence;
    }

    /** What ties it to the others, for people. */
    public String reason() {
        return "shares its "
                + shared.entrySet().stream()
                        .map(entry -> entry.getKey().words() + " with " + entry.getValue())
                        .collect(Collectors.joining(", its "))
                + " of the members";
    }

    /** Names of the kinds that it shares. */
    public List<String> sharedKinds() {
        return shared.keySet().stream().map(LinkKind::id).toList();
    }
}

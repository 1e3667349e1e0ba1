package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.chance.Chance;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fixed traits of an account.
 *
 * @param id as in the events
 * @param seed of everything that is the account's own
 * @param teamSeed of what it has in common with its team: system prompt, documents, homework; the account's own seed
 *     where there is no team
 * @param queueSeed of the work it does: shared by the members of a campaign
 * @param organizationId present where the team is an organisation
 * @param place where it is
 * @param createdMs sign-up, milliseconds since 1970 UTC
 * @param beginMs begin of the time it acts in, milliseconds since 1970 UTC
 * @param spanMs length of that time
 * @param links infrastructure tokens by type, in a fixed order
 */
public record Account(
        String id,
        long seed,
        long teamSeed,
        long queueSeed,
        @Nullable String organizationId,
        Place place,
        long createdMs,
        long beginMs,
        long spanMs,
        Map<String, String> links) {

    /** Draws for a named trait of the account's own. */
    public Chance own(String trait) {
        return Chance.of(seed, trait);
    }

    /** Draws for a named trait that the whole team has. */
    public Chance team(String trait) {
        return Chance.of(teamSeed, trait);
    }

    /** Draws for a named trait of the work queue: the same for all members of a campaign. */
    public Chance queue(String trait) {
        return Chance.of(queueSeed, trait);
    }
}

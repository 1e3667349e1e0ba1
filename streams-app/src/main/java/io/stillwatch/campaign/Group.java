package io.stillwatch.campaign;

import java.util.List;

/**
 * Accounts that have more in common than chance explains.
 *
 * @param members sorted by account; each shares link keys of two families at least
 * @param mark what most tells the group from others: a hash of the link key that most members share, keys that say much
 *     before those that say little
 */
public record Group(List<Member> members, long mark) {
    public Group {
        members = List.copyOf(members);
    }

    /** Requests of all members ever seen. */
    public long requests() {
        return members.stream().mapToLong(Member::requests).sum();
    }

    /** Answer tokens of all members ever seen. */
    public long outputTokens() {
        return members.stream().mapToLong(Member::outputTokens).sum();
    }
}

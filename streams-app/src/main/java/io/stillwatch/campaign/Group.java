package io.stillwatch.campaign;

import java.util.List;

/**
 * Accounts that have more in common than chance explains.
 *
 * @param members sorted by account; each shares link keys of two families at least
 */
public record Group(List<Member> members) {
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

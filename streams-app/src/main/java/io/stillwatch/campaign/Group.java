package io.stillwatch.campaign;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts that have more in common than chance explains.
 *
 * @param members sorted by account; each shares link keys of two families with others, or its kind of work
 * @param byKeys whether keys tie it, and not the work alone
 * @param mark what most tells the group from others: a hash of the link key that most members share, keys that say much
 *     before those that say little
 */
public record Group(List<Member> members, boolean byKeys, long mark) {
    public Group {
        members = List.copyOf(members);
    }

    /**
     * The group without accounts that belong elsewhere; empty where too few are left.
     *
     * @param least members that make a group
     */
    public Optional<Group> without(Set<String> accounts, int least) {
        List<Member> left = members.stream()
                .filter(member -> !accounts.contains(member.account()))
                .toList();
        return left.size() < least ? Optional.empty() : Optional.of(new Group(left, byKeys, mark));
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

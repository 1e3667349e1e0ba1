package io.stillwatch.topology.campaign;

import io.stillwatch.alert.Allowlist;
import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.campaign.Group;
import io.stillwatch.campaign.Member;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.LinkKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the allowlist lets pass for a campaign: what an entry for the campaign itself does, and what at least half of its
 * members are allowed, each by itself, its organization or a link key. The entry that allows most members is named.
 */
final class AllowedMembers {
    private final Allowlist allowlist;
    private final List<Allowlist.Subject> campaign;
    private final List<List<Allowlist.Subject>> members = new ArrayList<>();
    private final long timeMs;
    private final Map<String, Optional<AllowlistEntry>> bySignature = new HashMap<>();

    /**
     * @param links what is known of an account
     * @param timeMs event time of the look, milliseconds since 1970
     */
    AllowedMembers(
            Allowlist allowlist,
            String campaign,
            Group group,
            Function<String, Optional<AccountLinks>> links,
            long timeMs) {
        this.allowlist = allowlist;
        this.campaign = List.of(Allowlist.Subject.campaign(campaign));
        this.timeMs = timeMs;
        if (!allowlist.isEmpty()) {
            for (Member member : group.members()) {
                members.add(subjects(member.account(), links.apply(member.account())));
            }
        }
    }

    private static List<Allowlist.Subject> subjects(String account, Optional<AccountLinks> known) {
        List<Allowlist.Subject> subjects = new ArrayList<>();
        subjects.add(Allowlist.Subject.account(account));
        known.ifPresent(links -> {
            if (links.getOrganizationHash() != null) {
                subjects.add(AllowlistValue.organization(links.getOrganizationHash()));
            }
            for (LinkKey key : links.getKeys()) {
                subjects.add(AllowlistValue.linkKey(key.getKind(), key.getHash()));
            }
        });
        return subjects;
    }

    /** The entry that lets a signature pass. */
    Optional<AllowlistEntry> allows(String signatureId) {
        return allowlist.isEmpty() ? Optional.empty() : bySignature.computeIfAbsent(signatureId, this::find);
    }

    /**
     * The entry that lets a finding of the campaign's alert pass, where findings of some signatures are only told with
     * those of others: they pass with them.
     *
     * @param counts whether a signature is one of the others
     */
    Optional<AllowlistEntry> allowsPart(String signatureId, Predicate<String> counts) {
        return counts.test(signatureId)
                ? allows(signatureId)
                : bySignature.values().stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<AllowlistEntry> find(String signatureId) {
        Optional<AllowlistEntry> itself = allowlist.allows(campaign, signatureId, timeMs);
        if (itself.isPresent()) {
            return itself;
        }
        Map<String, AllowlistEntry> entries = new TreeMap<>();
        Map<String, Integer> allowed = new TreeMap<>();
        int all = 0;
        for (List<Allowlist.Subject> member : members) {
            Optional<AllowlistEntry> entry = allowlist.allows(member, signatureId, timeMs);
            if (entry.isPresent()) {
                all++;
                entries.put(entry.get().getId(), entry.get());
                allowed.merge(entry.get().getId(), 1, Integer::sum);
            }
        }
        if (members.isEmpty() || 2 * all < members.size()) {
            return Optional.empty();
        }
        int most = allowed.values().stream().max(Integer::compare).orElse(0);
        return allowed.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .map(entry -> entries.get(entry.getKey()));
    }
}

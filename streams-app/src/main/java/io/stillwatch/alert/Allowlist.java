package io.stillwatch.alert;

import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who is not to raise alerts: entries by account, organization, link key or campaign, for one signature or all of them,
 * until they lapse. Immutable.
 *
 * <p>Whether an entry has lapsed is judged by event time, as everything that decides. Of several entries that allow the
 * same, the one with the smallest id is named, so every instance names the same one.
 */
public final class Allowlist {
    /** Nobody is allowed anything. */
    public static final Allowlist NONE = new Allowlist(List.of());

    private static final int LONGEST_REASON = 200;

    private final Map<Subject, List<AllowlistEntry>> entries;

    /**
     * Who or what an entry is about.
     *
     * @param value of an account or campaign its id, of an organization or link key its hash (see {@link AllowlistValue})
     */
    public record Subject(AllowlistKind kind, String value) {
        /** An account. */
        public static Subject account(String id) {
            return new Subject(AllowlistKind.ACCOUNT, id);
        }

        /** A campaign. */
        public static Subject campaign(String id) {
            return new Subject(AllowlistKind.CAMPAIGN, id);
        }
    }

    /** @param entries any; those about nothing that is known are left out */
    public Allowlist(Collection<AllowlistEntry> entries) {
        Map<Subject, List<AllowlistEntry>> bySubject = new HashMap<>();
        for (AllowlistEntry entry : entries) {
            for (Subject subject : AllowlistValue.subjects(entry)) {
                bySubject.computeIfAbsent(subject, unused -> new ArrayList<>()).add(entry);
            }
        }
        this.entries = bySubject;
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether any entry, lapsed or not, is about one of these. */
    public boolean mentions(Collection<Subject> subjects) {
        return subjects.stream().anyMatch(entries::containsKey);
    }

    /**
     * The entry that lets a signature pass.
     *
     * @param subjects what an entity is and has
     * @param timeMs event time, milliseconds since 1970
     */
    public Optional<AllowlistEntry> allows(Collection<Subject> subjects, String signatureId, long timeMs) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return subjects.stream()
                .flatMap(subject -> entries.getOrDefault(subject, List.of()).stream())
                .filter(entry -> entry.getExpiresAt() == null || timeMs < entry.getExpiresAt())
                .filter(entry ->
                        entry.getSignatureId() == null || entry.getSignatureId().equals(signatureId))
                .min(Comparator.comparing(AllowlistEntry::getId));
    }

    /** The entries, lapsed or not, that are about one of these, by id. */
    public List<AllowlistEntry> about(Collection<Subject> subjects) {
        return subjects.stream()
                .flatMap(subject -> entries.getOrDefault(subject, List.of()).stream())
                .distinct()
                .sorted(Comparator.comparing(AllowlistEntry::getId))
                .toList();
    }

    /** Why an alert is closed whose findings are allowed, for people. */
    static String reason(Collection<AllowlistEntry> entries) {
        return entries.stream()
                .map(entry -> "Allowed by " + entry.getOwner() + " (" + entry.getId() + "): " + entry.getReason())
                .map(said -> said.length() > LONGEST_REASON ? said.substring(0, LONGEST_REASON) + "…" : said)
                .limit(3)
                .collect(Collectors.joining(" "));
    }
}

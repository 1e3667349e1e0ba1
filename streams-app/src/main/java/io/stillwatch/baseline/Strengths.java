package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Bar;
import io.stillwatch.signature.Signature;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How strongly signatures held for accounts, at most in a week: what bars are set by. A week is seven days from the first
 * day seen. Mutable and not thread-safe.
 */
public final class Strengths {
    private static final long DAY_MS = 86_400_000;
    private static final int DAYS_A_WEEK = 7;

    private final Map<AccountWeek, Case> cases = new TreeMap<>();
    private final Map<String, Signature> signatures = new TreeMap<>();
    private long firstDay = Long.MIN_VALUE;
    private long lastDay = Long.MIN_VALUE;

    private record AccountWeek(String account, long week) implements Comparable<AccountWeek> {
        @Override
        public int compareTo(AccountWeek other) {
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : Long.compare(week, other.week);
        }
    }

    /** A signature on what an account of a cohort does. */
    record Cell(String signature, Cohort cohort) {}

    /** How strongly a signature holds, by either measure; each 0 to 1. */
    record Strength(double margin, double score) {
        double by(Bar.Measure measure) {
            return measure == Bar.Measure.MARGIN ? margin : score;
        }
    }

    static Strength stronger(Strength a, Strength b) {
        return new Strength(Math.max(a.margin, b.margin), Math.max(a.score, b.score));
    }

    /** An account's week. */
    static final class Case {
        private final String account;
        private final Map<Cell, Strength> cells = new HashMap<>();
        private final Set<Cohort> cohorts = new HashSet<>();

        Case(String account) {
            this.account = account;
        }

        String account() {
            return account;
        }

        /** The same of another account. */
        Case named(String other) {
            Case copy = new Case(other);
            copy.cells.putAll(cells);
            copy.cohorts.addAll(cohorts);
            return copy;
        }

        Map<Cell, Strength> cells() {
            return cells;
        }

        /** The cohorts that the account was in. */
        Set<Cohort> cohorts() {
            return cohorts;
        }
    }

    /** Takes in that an account is there at a moment; milliseconds since 1970. */
    public void seen(String account, long timeMs) {
        at(account, timeMs);
    }

    /** Takes in which cohort an account belongs to by what it did up to a moment. */
    public void seen(String account, long timeMs, Profile profile) {
        at(account, timeMs).cohorts.add(Cohort.of(profile));
    }

    /**
     * Takes in that a signature holds.
     *
     * @param profile of the part of the window that it holds in
     */
    public void held(String account, long timeMs, Signature signature, Profile profile, double margin, double score) {
        signatures.put(signature.id(), signature);
        Cohort cohort = Cohort.of(profile);
        Case known = at(account, timeMs);
        known.cohorts.add(cohort);
        known.cells.merge(new Cell(signature.id(), cohort), new Strength(margin, score), Strengths::stronger);
    }

    private Case at(String account, long timeMs) {
        long day = Math.floorDiv(timeMs, DAY_MS);
        if (firstDay == Long.MIN_VALUE) {
            firstDay = day;
        }
        lastDay = Math.max(lastDay, day);
        return cases.computeIfAbsent(
                new AccountWeek(account, Math.floorDiv(day - firstDay, DAYS_A_WEEK)), none -> new Case(account));
    }

    /** All of them, in the order of accounts and weeks. */
    Collection<Case> cases() {
        return Collections.unmodifiableCollection(cases.values());
    }

    /** The signatures that held for anybody, by id. */
    Map<String, Signature> signatures() {
        return Collections.unmodifiableMap(signatures);
    }

    /** Days from the first to the last, both counted. */
    public long days() {
        return firstDay == Long.MIN_VALUE ? 0 : lastDay - firstDay + 1;
    }
}

package io.stillwatch.decision;

import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a policy would have done, by rule and by hour. */
public final class Preview {
    private static final long HOUR_MS = 3_600_000;

    private final SortedMap<String, ByRule> rules = new TreeMap<>();
    private final SortedMap<Long, ByHour> hours = new TreeMap<>();
    private final TreeSet<String> blocked = new TreeSet<>();
    private final TreeSet<String> touched = new TreeSet<>();
    private final Map<String, DecisionAction> now = new TreeMap<>();
    private final SortedMap<String, ByAccount> accounts = new TreeMap<>();
    private long steps;

    /** What a rule led to. */
    public static final class ByRule {
        private final TreeSet<String> accounts = new TreeSet<>();
        private final Map<DecisionAction, TreeSet<String>> byAction = new TreeMap<>();

        /** Accounts it would have decided about; count. */
        public int accounts() {
            return accounts.size();
        }

        /** Accounts that it would have done that to; count. */
        public int accounts(DecisionAction action) {
            return byAction.getOrDefault(action, new TreeSet<>()).size();
        }
    }

    /**
     * What would have happened within a clock hour of event time.
     *
     * @param decided decisions made or changed; count
     * @param blocked accounts newly blocked; count
     * @param beyondCeiling accounts that would have been but for the ceiling; count
     * @param takenBack decisions taken back or lapsed; count
     */
    public record ByHour(long decided, long blocked, long beyondCeiling, long takenBack) {
        private static final ByHour NONE = new ByHour(0, 0, 0, 0);

        private ByHour and(Change change) {
            boolean made = change.decision().isPresent();
            return new ByHour(
                    decided + (made ? 1 : 0),
                    blocked + (change.blocked() ? 1 : 0),
                    beyondCeiling + (change.beyondCeiling() ? 1 : 0),
                    takenBack + (made ? 0 : 1));
        }
    }

    /**
     * What would have been done about an account.
     *
     * @param firstMs when it would have been decided about first, milliseconds since 1970
     * @param hardest what was hardest of it
     * @param alertId the alert that this rests on; null where it is not known
     * @param rule the rule that led to it
     */
    public record ByAccount(
            long firstMs, DecisionAction hardest, @Nullable String alertId, String rule) {}

    /** Counts a step of an alert. */
    public void step() {
        steps++;
    }

    /** Takes in what a decider decided. */
    public void take(List<Change> changes) {
        for (Change change : changes) {
            hours.merge(
                    Math.floorDiv(change.timeMs(), HOUR_MS) * HOUR_MS,
                    ByHour.NONE.and(change),
                    (before, unused) -> before.and(change));
            change.decision()
                    .map(Decision::getAction)
                    .ifPresentOrElse(action -> count(change, action), () -> now.remove(change.account()));
        }
    }

    private void count(Change change, DecisionAction action) {
        ByRule rule = rules.computeIfAbsent(change.rule(), unused -> new ByRule());
        rule.accounts.add(change.account());
        rule.byAction.computeIfAbsent(action, unused -> new TreeSet<>()).add(change.account());
        String alert = change.decision().map(Decision::getAlertId).orElse(null);
        accounts.merge(
                change.account(),
                new ByAccount(change.timeMs(), action, alert, change.rule()),
                (before, made) -> made.hardest().compareTo(before.hardest()) > 0
                        ? new ByAccount(before.firstMs(), made.hardest(), made.alertId(), made.rule())
                        : before);
        touched.add(change.account());
        now.put(change.account(), action);
        if (action == DecisionAction.BLOCK) {
            blocked.add(change.account());
        }
    }

    /** Steps of alerts that were played; count. */
    public long steps() {
        return steps;
    }

    /** Accounts that would have been blocked at any time; count. */
    public int blockedAccounts() {
        return blocked.size();
    }

    /** Accounts about which anything would have been decided; count. */
    public int accounts() {
        return touched.size();
    }

    /** Accounts with a decision in force at the end; count. */
    public int inForce() {
        return now.size();
    }

    /** By name of the rule. */
    public SortedMap<String, ByRule> rules() {
        return Collections.unmodifiableSortedMap(rules);
    }

    /** Accounts about which anything would have been decided, by their ids. */
    public SortedMap<String, ByAccount> byAccount() {
        return Collections.unmodifiableSortedMap(accounts);
    }

    /** What would be in force at the end, by account. */
    public Map<String, DecisionAction> inForceByAccount() {
        return Collections.unmodifiableMap(now);
    }

    /** By the beginning of the hour, milliseconds since 1970. */
    public SortedMap<Long, ByHour> hours() {
        return Collections.unmodifiableSortedMap(hours);
    }
}

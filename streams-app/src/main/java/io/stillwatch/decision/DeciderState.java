package io.stillwatch.decision;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Decider} remembers, in memory and, entry by entry, wherever its {@link Journal} puts it.
 *
 * <pre>
 *  S                    clock, policy, secret of the delays, first hour of which blocks are counted
 *  A alert              an alert that is open, or whose decisions have not lapsed
 *  U account            what was decided about an account
 *  L alert / account    how far a lift of one account's decision reaches
 *  M campaign / account how sure a membership is
 *  H hour               accounts blocked in a clock hour
 *  O order              an order that has been carried out
 * </pre>
 *
 * <p>It grows with the open alerts, the members of campaigns and the accounts with a decision that has not lapsed; the
 * orders are what people typed.
 */
public final class DeciderState {
    private static final String SETTINGS = "S";
    private static final char ALERT = 'A';
    private static final char ACCOUNT = 'U';
    private static final char COVER = 'L';
    private static final char MEMBER = 'M';
    private static final char HOUR = 'H';
    private static final char ORDER = 'O';
    private static final char SEPARATOR = '/';
    private static final int VERSION = 1;
    private static final int MOST_HOURS = 1_000;
    private static final int MOST_SECRET_BYTES = 1_024;

    private final Journal journal;
    private final TreeMap<String, AlertCase> alerts = new TreeMap<>();
    private final Map<String, TreeSet<String>> alertsOf = new HashMap<>();
    private final TreeMap<String, AccountCase> accounts = new TreeMap<>();
    private final TreeSet<Lapse> lapses = new TreeSet<>();
    private final TreeSet<Lapse> closed = new TreeSet<>();
    private final Map<String, TreeMap<String, Cover>> covers = new HashMap<>();
    private final Map<String, TreeMap<String, Double>> members = new HashMap<>();
    private final Map<String, TreeSet<String>> campaignsOf = new HashMap<>();
    private final TreeMap<Long, HourCount> hours = new TreeMap<>();
    private final Set<String> orders = new HashSet<>();
    private DecisionClock clock = new DecisionClock();
    private long firstHour = Long.MIN_VALUE;
    private long policy;
    private byte[] secret = {};

    /** Takes every entry that changes. */
    @FunctionalInterface
    public interface Journal {
        /**
         * Keeps an entry, or forgets it.
         *
         * @param value what the entry is now; null where it is no more
         */
        void put(String key, byte @Nullable [] value);
    }

    /** An empty state. */
    public DeciderState(Journal journal) {
        this.journal = journal;
    }

    private record Lapse(long atMs, String name) implements Comparable<Lapse> {
        private static final Comparator<Lapse> ORDER =
                Comparator.comparingLong(Lapse::atMs).thenComparing(Lapse::name);

        @Override
        public int compareTo(Lapse other) {
            return ORDER.compare(this, other);
        }
    }

    /** Takes in an entry that was journalled before; in any order. */
    public void restore(String key, byte[] value) {
        String name = key.substring(1);
        int separator = name.indexOf(SEPARATOR);
        switch (key.charAt(0)) {
            case 'S' -> readSettings(value);
            case ALERT -> keep(AlertCase.decode(value));
            case ACCOUNT -> keep(name, AccountCase.decode(value));
            case COVER ->
                covers.computeIfAbsent(name.substring(0, separator), unused -> new TreeMap<>())
                        .put(name.substring(separator + 1), Cover.read(new StateReader(value)));
            case MEMBER ->
                keep(
                        name.substring(0, separator),
                        name.substring(separator + 1),
                        Double.longBitsToDouble(new StateReader(value).readLong()));
            case HOUR -> hours.put(Long.parseLong(name), HourCount.decode(value));
            case ORDER -> orders.add(name);
            default -> throw new IllegalArgumentException("No entry of a decider begins with " + key.charAt(0) + ".");
        }
    }

    private void readSettings(byte[] value) {
        StateReader in = new StateReader(value);
        in.readByte();
        clock = DecisionClock.read(in);
        policy = in.readLong();
        firstHour = in.readLong();
        secret = in.readBytes(in.readCount(MOST_SECRET_BYTES));
    }

    private void writeSettings() {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        clock.write(out);
        out.writeLong(policy);
        out.writeLong(firstHour);
        out.writeUnsigned(secret.length);
        out.writeBytes(secret);
        journal.put(SETTINGS, out.toByteArray());
    }

    void observe(String entity, long timeMs) {
        if (clock.observe(entity, timeMs)) {
            writeSettings();
        }
    }

    DecisionClock clock() {
        return clock;
    }

    /** Fingerprint of the policy by which all was decided so far; 0 for none. */
    long policy() {
        return policy;
    }

    void putPolicy(long fingerprint) {
        policy = fingerprint;
        writeSettings();
    }

    byte[] secret() {
        return secret.clone();
    }

    void putSecret(byte[] random) {
        secret = random.clone();
        writeSettings();
    }

    Optional<AlertCase> alert(String id) {
        return Optional.ofNullable(alerts.get(id));
    }

    List<AlertCase> alerts() {
        return List.copyOf(alerts.values());
    }

    /** The alerts about an entity. */
    List<AlertCase> alertsAbout(String entity) {
        return alertsOf.getOrDefault(entity, new TreeSet<>()).stream()
                .map(alerts::get)
                .toList();
    }

    void put(AlertCase alert) {
        keep(alert);
        journal.put(ALERT + alert.alertId(), alert.encode());
    }

    private void keep(AlertCase alert) {
        unlist(alerts.put(alert.alertId(), alert));
        if (alert.closed()) {
            closed.add(new Lapse(alert.timeMs(), alert.alertId()));
        }
        alertsOf.computeIfAbsent(alert.entity(), unused -> new TreeSet<>()).add(alert.alertId());
    }

    /** Alerts that have closed and whose newest step is no later than that. */
    List<AlertCase> closedBy(long timeMs) {
        return closed.headSet(new Lapse(timeMs + 1, ""), false).stream()
                .map(lapse -> alerts.get(lapse.name()))
                .toList();
    }

    /** Forgets an alert and whatever was lifted of it. */
    void remove(AlertCase alert) {
        unlist(alerts.remove(alert.alertId()));
        alertsOf.computeIfPresent(alert.entity(), (unused, ids) -> {
            ids.remove(alert.alertId());
            return ids.isEmpty() ? null : ids;
        });
        journal.put(ALERT + alert.alertId(), null);
        uncover(alert.alertId());
    }

    private void unlist(@Nullable AlertCase before) {
        if (before != null && before.closed()) {
            closed.remove(new Lapse(before.timeMs(), before.alertId()));
        }
    }

    void uncover(String alertId) {
        TreeMap<String, Cover> gone = covers.remove(alertId);
        if (gone != null) {
            gone.keySet().forEach(account -> journal.put(COVER + alertId + SEPARATOR + account, null));
        }
    }

    void cover(String account, AlertCase alert) {
        Cover cover = alert.cover();
        covers.computeIfAbsent(alert.alertId(), unused -> new TreeMap<>()).put(account, cover);
        StateWriter out = new StateWriter();
        cover.write(out);
        journal.put(COVER + alert.alertId() + SEPARATOR + account, out.toByteArray());
    }

    /** Whether a lift keeps an alert from deciding about an account. */
    boolean isCovered(String account, AlertCase alert) {
        if (alert.lifted().filter(cover -> cover.covers(alert)).isPresent()) {
            return true;
        }
        Cover cover = covers.getOrDefault(alert.alertId(), new TreeMap<>()).get(account);
        return cover != null && cover.covers(alert);
    }

    Optional<AccountCase> account(String account) {
        return Optional.ofNullable(accounts.get(account));
    }

    Map<String, AccountCase> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    void put(String account, AccountCase decided) {
        drop(account);
        keep(account, decided);
        journal.put(ACCOUNT + account, decided.encode());
    }

    private void keep(String account, AccountCase decided) {
        accounts.put(account, decided);
        lapses.add(new Lapse(decided.decision().getValidUntil(), account));
    }

    void removeAccount(String account) {
        drop(account);
        journal.put(ACCOUNT + account, null);
    }

    private void drop(String account) {
        AccountCase before = accounts.remove(account);
        if (before != null) {
            lapses.remove(new Lapse(before.decision().getValidUntil(), account));
        }
    }

    /** An account whose decision has lapsed by then. */
    Optional<String> lapsed(long nowMs) {
        return lapses.isEmpty() || lapses.first().atMs() > nowMs
                ? Optional.empty()
                : Optional.of(lapses.first().name());
    }

    void join(String campaign, String account, double confidence) {
        keep(campaign, account, confidence);
        StateWriter out = new StateWriter();
        out.writeLong(Double.doubleToLongBits(confidence));
        journal.put(MEMBER + campaign + SEPARATOR + account, out.toByteArray());
    }

    private void keep(String campaign, String account, double confidence) {
        members.computeIfAbsent(campaign, unused -> new TreeMap<>()).put(account, confidence);
        campaignsOf.computeIfAbsent(account, unused -> new TreeSet<>()).add(campaign);
    }

    void leave(String campaign, String account) {
        members.computeIfPresent(campaign, (unused, of) -> {
            of.remove(account);
            return of.isEmpty() ? null : of;
        });
        campaignsOf.computeIfPresent(account, (unused, of) -> {
            of.remove(campaign);
            return of.isEmpty() ? null : of;
        });
        journal.put(MEMBER + campaign + SEPARATOR + account, null);
    }

    /** The members of a campaign, the surest first. */
    List<String> members(String campaign) {
        Comparator<Map.Entry<String, Double>> surest = Map.Entry.comparingByValue(Comparator.reverseOrder());
        return members.getOrDefault(campaign, new TreeMap<>()).entrySet().stream()
                .sorted(surest.thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    Collection<String> campaignsOf(String account) {
        return List.copyOf(campaignsOf.getOrDefault(account, new TreeSet<>()));
    }

    double confidence(String campaign, String account) {
        return members.getOrDefault(campaign, new TreeMap<>()).getOrDefault(account, 0.0);
    }

    /** Whether one more account may be blocked in an hour; counts it, if so. */
    boolean grantBlock(long hour, int ceiling) {
        HourCount count = hours.getOrDefault(hour, HourCount.NONE);
        if (hour < firstHour || count.blocked() >= ceiling) {
            return false;
        }
        count(hour, new HourCount(count.blocked() + 1, count.beyond()));
        return true;
    }

    /** Counts an account that was not blocked, as the ceiling was reached. */
    void beyondCeiling(long hour) {
        HourCount count = hours.getOrDefault(hour, HourCount.NONE);
        if (hour >= firstHour) {
            count(hour, new HourCount(count.blocked(), count.beyond() + 1));
        }
    }

    private void count(long hour, HourCount count) {
        hours.put(hour, count);
        journal.put(HOUR + Long.toString(hour), count.encode());
        if (hours.size() > MOST_HOURS) {
            // Hours that are no longer counted have no room left, so none can have more than the ceiling.
            long oldest = hours.pollFirstEntry().getKey();
            journal.put(HOUR + Long.toString(oldest), null);
            firstHour = oldest + 1;
            writeSettings();
        }
    }

    HourCount hour(long hour) {
        return hours.getOrDefault(hour, HourCount.NONE);
    }

    /** Whether an order is new; it is not from now on. */
    boolean isNewOrder(String id) {
        boolean added = orders.add(id);
        if (added) {
            journal.put(ORDER + id, new byte[] {VERSION});
        }
        return added;
    }
}

package io.stillwatch.topology;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.StrandedProfileCodec;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * The accounts of one partition, with their timers, the partition's clock and its loss ledger: a RocksDB store with its
 * changelog, behind a write-back cache of decoded accounts that is flushed with every commit.
 *
 * <p>One event touches one cached object; encoding, the store and the changelog are paid once a commit, however many
 * events an account had. Panes that are closed go to the {@link PaneStore}. Streams has no public hook for "a commit is
 * being prepared"; the internal {@link CachedStateStore} is how its own caching stores get it, and how this one does.
 */
final class AccountStore implements StateStore, CachedStateStore<byte[], byte[]> {
    /** Never changed. */
    private static final StrandedProfile NOTHING = new StrandedProfile();

    private static final byte[] PRESENT = new byte[0];
    private static final int HOURS_A_DAY = 24;

    /** Few enough that what was encoded is garbage before it is old. */
    private static final int RECORDS_AT_ONCE = 256;

    /** Panes an account may have before the oldest go, whatever the partition's clock says. */
    static final int MOST_HOURS = 96;

    private static final int MOST_DAYS = 40;

    private final KeyValueStore<Bytes, byte[]> inner;
    private final int commitsAWriteBack;
    private final boolean logged;
    private final PartitionClock clock;
    private final SourceLedger ledger = new SourceLedger();
    private final ActiveAccounts active = new ActiveAccounts();
    private DayClosed dayClosed = (entry, day, profile) -> {};
    private final AccountCache cache;
    private final List<AccountEntry> touched = new ArrayList<>();
    private final StateWriter writer = new StateWriter();
    private InternalProcessorContext<?, ?> context;
    private PaneStore panes;
    private boolean clockDirty;
    private boolean restored;
    private int commits;
    private Optional<Map<String, Long>> lookedWith = Optional.empty();
    private long ordersTaken = -1;

    AccountStore(
            KeyValueStore<Bytes, byte[]> inner,
            long cacheBytes,
            int commitsAWriteBack,
            boolean logged,
            PartitionClock clock) {
        this.inner = inner;
        this.cache = new AccountCache(cacheBytes);
        this.commitsAWriteBack = commitsAWriteBack;
        this.logged = logged;
        this.clock = clock;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        clearCache();
        context = (InternalProcessorContext<?, ?>) stateStoreContext;
        inner.init(stateStoreContext, root);
    }

    /** Names the store that closed panes go to. */
    void connect(PaneStore paneStore) {
        panes = paneStore;
    }

    /** The partition's clock. */
    PartitionClock clock() {
        restore();
        return clock;
    }

    /** What is done once with an account's day when it is over. */
    @FunctionalInterface
    interface DayClosed {
        /** Called with the day's profile, not to be changed; days since 1970. */
        void closed(AccountEntry entry, long day, StrandedProfile profile);
    }

    /** Names who is told of days that are over. */
    void onDayClosed(DayClosed listener) {
        dayClosed = listener;
    }

    /** How many of the partition's accounts are active. */
    ActiveAccounts active() {
        restore();
        return active;
    }

    /** The partition's loss ledger. */
    SourceLedger ledger() {
        restore();
        return ledger;
    }

    /** The signatures and entries of the allowlist, by revision, that every account has been looked at with; empty where that is not known. */
    Optional<Map<String, Long>> lookedWith() {
        restore();
        return lookedWith;
    }

    void setLookedWith(Map<String, Long> revisions) {
        restore();
        lookedWith = Optional.of(Map.copyOf(revisions));
        write(StoreKeys.LOOKED_WITH, SignatureRevisions.encode(revisions));
    }

    /** How far analysts' orders have been taken: the offset of the last one; -1 for none. */
    long ordersTaken() {
        restore();
        return ordersTaken;
    }

    void setOrdersTaken(long offset) {
        restore();
        ordersTaken = offset;
        write(StoreKeys.ORDERS, encoded(offset));
    }

    /** Where the state comes from, as {@link StateOrigin} writes it; null where it has just begun. */
    byte[] origin() {
        return inner.get(StoreKeys.ORIGIN);
    }

    void setOrigin(byte[] origin) {
        write(StoreKeys.ORIGIN, origin);
    }

    private static byte[] encoded(long offset) {
        StateWriter out = new StateWriter();
        out.writeSigned(offset);
        return out.toByteArray();
    }

    /** Clock and ledger are read on first use: restoring runs after {@link #init}. */
    private void restore() {
        if (!restored) {
            restored = true;
            byte[] storedClock = inner.get(StoreKeys.CLOCK);
            if (storedClock != null) {
                clock.decode(storedClock);
            }
            byte[] storedLedger = inner.get(StoreKeys.LEDGER);
            if (storedLedger != null) {
                ledger.decode(storedLedger);
            }
            byte[] storedActive = inner.get(StoreKeys.ACTIVE);
            if (storedActive != null) {
                active.decode(storedActive);
            }
            lookedWith = Optional.ofNullable(inner.get(StoreKeys.LOOKED_WITH)).map(SignatureRevisions::decode);
            byte[] storedOrders = inner.get(StoreKeys.ORDERS);
            ordersTaken = storedOrders == null ? -1 : new StateReader(storedOrders).readSigned();
        }
    }

    void clockMoved() {
        clockDirty = true;
    }

    private long nowMs() {
        return clock().started() ? clock.nowMs() : 0;
    }

    private long nowHour() {
        return Math.floorDiv(nowMs(), EventTime.HOUR_MS);
    }

    /** The account's entry, made when there is none; the caller may change it until the next commit. */
    AccountEntry open(String account) {
        AccountEntry entry = cache.get(account);
        if (entry == null) {
            byte[] stored = inner.get(StoreKeys.account(account));
            entry = stored == null ? AccountEntry.fresh(account) : AccountEntry.decode(account, stored);
            cache.add(entry);
        }
        entry.used = true;
        if (!entry.touched) {
            entry.touched = true;
            touched.add(entry);
        }
        return entry;
    }

    /** The account's entry for reading only; empty when the account has no record. */
    Optional<AccountEntry> peek(String account) {
        AccountEntry cached = cache.get(account);
        return cached != null
                ? Optional.of(cached)
                : Optional.ofNullable(inner.get(StoreKeys.account(account)))
                        .map(stored -> AccountEntry.decode(account, stored));
    }

    /**
     * Accounts in the order of their bytes; {@link #flushCache} first for those that have never been written.
     *
     * @param after where to begin, exclusive; empty for all
     * @param most accounts to name; when as many are named, there may be more
     */
    List<String> accountsAfter(String after, int most) {
        List<String> accounts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> records = inner.range(StoreKeys.account(after), StoreKeys.PAST_ACCOUNTS)) {
            while (accounts.size() < most && records.hasNext()) {
                KeyValue<Bytes, byte[]> record = records.next();
                if (record.key.get()[0] != StoreKeys.PAST_ACCOUNTS.get()[0]) {
                    String account = StoreKeys.accountOfRecord(record.key);
                    if (!account.equals(after) || after.isEmpty()) {
                        accounts.add(account);
                    }
                }
            }
        }
        return accounts;
    }

    /** Whether the account has ever had a record. */
    boolean knows(String account) {
        return cache.get(account) != null || inner.get(StoreKeys.account(account)) != null;
    }

    /**
     * The account's pane of an hour, made when there is none yet; the caller changes it.
     *
     * @param requests that the caller is about to add
     */
    StrandedProfile paneToChange(AccountEntry entry, long hour, long requests) {
        AccountState state = entry.state;
        StrandedProfile pane = entry.hours.get(hour);
        if (pane == null) {
            pane = stored(hourKey(entry, hour));
            if (!state.hours.isEmpty() && hour > entry.newestHour()) {
                // The record has room for the newest pane only; the one before moves to the pane store.
                entry.dirtyHours.put(entry.newestHour(), entry.hours.get(entry.newestHour()));
            }
            entry.hours.put(hour, pane);
        }
        state.hours.add(hour, requests);
        if (hour < entry.newestHour()) {
            entry.dirtyHours.put(hour, pane);
        }
        if (hour < entry.closedBefore) {
            entry.forgetMerges();
        }
        return pane;
    }

    /** The day pane that a late event belongs to as well; the caller changes it. */
    StrandedProfile dayPaneToChange(AccountEntry entry, long day, long requests) {
        StrandedProfile pane = entry.dirtyDays.get(day);
        if (pane == null) {
            pane = stored(dayKey(entry, day));
            entry.dirtyDays.put(day, pane);
        }
        entry.state.days.add(day, requests);
        return pane;
    }

    private StrandedProfile hourPane(AccountEntry entry, long hour) {
        StrandedProfile pane = entry.hours.get(hour);
        return pane != null ? pane : stored(hourKey(entry, hour));
    }

    private static Bytes hourKey(AccountEntry entry, long hour) {
        long shelf = entry.state.hours.shelf(hour);
        return shelf == PaneIndex.NOWHERE ? null : StoreKeys.hourPane(shelf, hour, entry.account);
    }

    private static Bytes dayKey(AccountEntry entry, long day) {
        long shelf = entry.state.days.shelf(day);
        return shelf == PaneIndex.NOWHERE ? null : StoreKeys.dayPane(shelf, day, entry.account);
    }

    private StrandedProfile stored(Bytes key) {
        return key == null
                ? new StrandedProfile()
                : panes.get(key).map(StrandedProfileCodec::decode).orElseGet(StrandedProfile::new);
    }

    /** The event ids of an hour, or null when there are none. */
    SeenIds seen(AccountEntry entry, long hour) {
        SeenIds ids = entry.seen.get(hour);
        while (ids != null && ids.chunksLoaded() < ids.chunks()) {
            panes.get(StoreKeys.ids(ids.shelf(), hour, ids.chunksLoaded(), entry.account))
                    .ifPresentOrElse(ids::load, ids::skip);
        }
        return ids;
    }

    /** The event ids of an hour, made when there are none. */
    SeenIds seenToChange(AccountEntry entry, long hour) {
        SeenIds ids = seen(entry, hour);
        if (ids == null) {
            ids = new SeenIds();
            entry.seen.put(hour, ids);
        }
        return ids;
    }

    /**
     * The account's profile over hours.
     *
     * <p>The closed panes are merged once an hour, so this costs one merge, and none while all requests lie in one pane.
     * Windows that begin before the account's first pane are one and the same merge, so what is merged is known by the
     * first pane in it. The profile is not to be changed, and good for as long as the account's panes are not.
     *
     * @param from first hour, inclusive
     * @param to last hour, inclusive; its pane is open
     */
    StrandedProfile hours(AccountEntry entry, long from, long to) {
        StrandedProfile open = hourPane(entry, to);
        long first = entry.state.hours.firstFrom(from);
        if (first == PaneIndex.NOWHERE || first >= to) {
            return StrandedProfile.union(NOTHING, open);
        }
        expectMergesBefore(entry, to);
        StrandedProfile closed = entry.closed.get(first);
        if (closed == null) {
            closed = mergedHours(entry, first, to - 1);
            entry.closed.put(first, closed);
        }
        return StrandedProfile.union(closed, open);
    }

    /**
     * The account's profile over whole days and the hours of the last one; as for {@link #hours}, not to be changed.
     *
     * @param from first day, inclusive
     * @param to last hour, inclusive; its pane is open
     */
    StrandedProfile days(AccountEntry entry, long from, long to) {
        long today = Math.floorDiv(to, HOURS_A_DAY);
        StrandedProfile soFar = hours(entry, today * HOURS_A_DAY, to);
        long first = firstDay(entry, from);
        if (first == PaneIndex.NOWHERE || first >= today) {
            return soFar;
        }
        expectMergesBefore(entry, to);
        StrandedProfile closed = entry.closedDays.get(first);
        if (closed == null) {
            closed = mergedDays(entry, first, today - 1);
            entry.closedDays.put(first, closed);
        }
        return StrandedProfile.union(closed, soFar);
    }

    /** The first day from one on of which there are requests, rolled or not; {@link PaneIndex#NOWHERE} when there is none. */
    private static long firstDay(AccountEntry entry, long from) {
        AccountState state = entry.state;
        long rolled = state.days.firstFrom(from);
        long hour = state.hours.firstFrom(Math.max(from, state.rolledBefore) * HOURS_A_DAY);
        if (hour == PaneIndex.NOWHERE) {
            return rolled;
        }
        long unrolled = Math.floorDiv(hour, HOURS_A_DAY);
        return rolled == PaneIndex.NOWHERE ? unrolled : Math.min(rolled, unrolled);
    }

    /**
     * All panes of the account up to an hour, in the order of time: days that are over as a whole, whether rolled or
     * not, and the hours of the last one.
     *
     * @param to last hour, inclusive
     */
    List<Profile> panes(AccountEntry entry, long to) {
        long today = Math.floorDiv(to, HOURS_A_DAY);
        SortedSet<Long> over = new TreeSet<>();
        for (long day : entry.state.days.between(Long.MIN_VALUE, today - 1)) {
            over.add(day);
        }
        for (long hour : entry.state.hours.between(Long.MIN_VALUE, today * HOURS_A_DAY - 1)) {
            over.add(Math.floorDiv(hour, HOURS_A_DAY));
        }
        List<Profile> profiles = new ArrayList<>();
        over.forEach(day -> profiles.add(mergedDays(entry, day, day).whole()));
        for (long hour : entry.state.hours.between(today * HOURS_A_DAY, to)) {
            profiles.add(hourPane(entry, hour).whole());
        }
        return profiles;
    }

    /** Requests in a window as {@link #days} makes it, without making it. */
    long requestsInDays(AccountEntry entry, long from, long to) {
        AccountState state = entry.state;
        long byHours = Math.max(from, Math.min(state.rolledBefore, Math.floorDiv(to, HOURS_A_DAY)));
        return state.days.requests(from, byHours - 1) + state.hours.requests(byHours * HOURS_A_DAY, to);
    }

    private static void expectMergesBefore(AccountEntry entry, long hour) {
        if (entry.closedBefore != hour) {
            entry.closed.clear();
            if (entry.closedBefore == Long.MIN_VALUE
                    || Math.floorDiv(entry.closedBefore, HOURS_A_DAY) != Math.floorDiv(hour, HOURS_A_DAY)) {
                entry.closedDays.clear();
            }
            entry.closedBefore = hour;
        }
    }

    private StrandedProfile mergedHours(AccountEntry entry, long from, long to) {
        StrandedProfile merged = new StrandedProfile();
        List<Bytes> keys = new ArrayList<>();
        for (long hour : entry.state.hours.between(from, to)) {
            StrandedProfile pane = entry.hours.get(hour);
            if (pane != null) {
                merged.merge(pane);
            } else {
                keys.add(hourKey(entry, hour));
            }
        }
        mergeStored(merged, keys);
        return merged;
    }

    private StrandedProfile mergedDays(AccountEntry entry, long from, long to) {
        StrandedProfile merged = new StrandedProfile();
        List<Bytes> keys = new ArrayList<>();
        for (long day : entry.state.days.between(from, to)) {
            StrandedProfile pane = entry.dirtyDays.get(day);
            if (pane != null) {
                merged.merge(pane);
            } else {
                keys.add(dayKey(entry, day));
            }
        }
        mergeStored(merged, keys);
        // Days that are over but not rolled yet are in their hours.
        long unrolled = Math.max(from, entry.state.rolledBefore);
        if (unrolled <= to) {
            merged.merge(mergedHours(entry, unrolled * HOURS_A_DAY, (to + 1) * HOURS_A_DAY - 1));
        }
        return merged;
    }

    private void mergeStored(StrandedProfile into, List<Bytes> keys) {
        if (!keys.isEmpty()) {
            for (byte[] pane : panes.getAll(keys)) {
                if (pane != null) {
                    into.merge(StrandedProfileCodec.decode(pane));
                }
            }
        }
    }

    /** Makes day panes of the hours of all days before one that have none yet. */
    void roll(AccountEntry entry, long beforeDay) {
        AccountState state = entry.state;
        if (state.rolledBefore >= beforeDay) {
            return;
        }
        long[] unrolled = state.hours.between(
                state.rolledBefore == Long.MIN_VALUE ? Long.MIN_VALUE : state.rolledBefore * HOURS_A_DAY,
                beforeDay * HOURS_A_DAY - 1);
        for (int at = 0; at < unrolled.length; ) {
            long day = Math.floorDiv(unrolled[at], HOURS_A_DAY);
            long lastHour = (day + 1) * HOURS_A_DAY - 1;
            StrandedProfile pane = mergedHours(entry, day * HOURS_A_DAY, lastHour);
            entry.dirtyDays.put(day, pane);
            dayClosed.closed(entry, day, pane);
            state.days.add(day, state.hours.requests(day * HOURS_A_DAY, lastHour));
            while (at < unrolled.length && unrolled[at] <= lastHour) {
                at++;
            }
        }
        state.rolledBefore = beforeDay;
        entry.closedDays.clear();
    }

    /** Forgets the panes before an hour and a day; the pane store drops them by itself. */
    void dropBefore(AccountEntry entry, long hour, long day) {
        AccountState state = entry.state;
        long firstHour = hour;
        long firstDay = day;
        if (state.hours.size() > MOST_HOURS) {
            roll(entry, Math.floorDiv(entry.newestHour(), HOURS_A_DAY));
            firstHour = Math.max(firstHour, entry.newestHour() - MOST_HOURS / 2);
        }
        if (state.days.size() > MOST_DAYS) {
            firstDay = Math.max(firstDay, state.days.last() - MOST_DAYS / 2);
        }
        state.hours.dropBefore(firstHour);
        state.days.dropBefore(firstDay);
        long keptHour = firstHour;
        entry.hours.removeIf(old -> old < keptHour);
        entry.dirtyHours.removeIf(old -> old < keptHour);
        long keptDay = firstDay;
        entry.dirtyDays.removeIf(old -> old < keptDay);
    }

    /** Forgets an account altogether. */
    void forget(AccountEntry entry) {
        clearTimer(entry);
        write(StoreKeys.account(entry.account), null);
        cache.remove(entry);
        // It is passed over when what was touched is written: to look for it would take as long as there are accounts.
        entry.touched = false;
    }

    /** Sets the account's one timer; replaces the one it had. */
    void setTimer(AccountEntry entry, long minute) {
        if (entry.state.timerMinute == minute) {
            return;
        }
        clearTimer(entry);
        entry.state.timerMinute = minute;
        write(StoreKeys.timer(minute, entry.account), PRESENT);
    }

    void clearTimer(AccountEntry entry) {
        if (entry.state.timerMinute != AccountState.NO_TIMER) {
            write(StoreKeys.timer(entry.state.timerMinute, entry.account), null);
            entry.state.timerMinute = AccountState.NO_TIMER;
        }
    }

    /**
     * Accounts whose timer is due, in the order of time, then account.
     *
     * @param minute inclusive
     * @param most accounts to name; when as many are named, more may be due
     */
    List<String> due(long minute, int most) {
        List<String> accounts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> timers = inner.range(
                StoreKeys.bound(StoreKeys.TIMER, Long.MIN_VALUE), StoreKeys.bound(StoreKeys.TIMER, minute + 1))) {
            while (accounts.size() < most && timers.hasNext()) {
                accounts.add(StoreKeys.accountOf(timers.next().key));
            }
        }
        return accounts;
    }

    @Override
    public void flushCache() {
        if (++commits >= commitsAWriteBack) {
            writeBack();
        }
    }

    /** Whether anything has changed that no commit has written yet. */
    boolean hasUnwritten() {
        return clockDirty || !touched.isEmpty();
    }

    /** Writes everything touched, whether it is time to or not. */
    void writeBack() {
        commits = 0;
        List<KeyValue<Bytes, byte[]>> records = new ArrayList<>(RECORDS_AT_ONCE);
        for (AccountEntry entry : touched) {
            if (!entry.touched) {
                continue;
            }
            writePanes(entry);
            records.add(KeyValue.pair(StoreKeys.account(entry.account), entry.encode(writer)));
            entry.touched = false;
            entry.slim();
            cache.weigh(entry);
            if (records.size() == RECORDS_AT_ONCE) {
                writeAll(records);
            }
        }
        touched.clear();
        if (clockDirty) {
            records.add(KeyValue.pair(StoreKeys.CLOCK, clock.encode()));
            clockDirty = false;
        }
        if (active.takeDirty()) {
            records.add(KeyValue.pair(StoreKeys.ACTIVE, active.encode()));
        }
        if (ledger.takeDirty()) {
            records.add(KeyValue.pair(StoreKeys.LEDGER, ledger.encode()));
        }
        writeAll(records);
        cache.shrink();
    }

    private void writeAll(List<KeyValue<Bytes, byte[]>> records) {
        if (!records.isEmpty()) {
            inner.putAll(records);
            records.forEach(record -> log(record.key, record.value));
            records.clear();
        }
    }

    private void writePanes(AccountEntry entry) {
        AccountState state = entry.state;
        long timeMs = nowMs();
        entry.dirtyHours.forEach((hour, pane) -> {
            long shelf = state.hours.shelf(hour);
            if (shelf == PaneIndex.NOWHERE) {
                shelf = nowHour();
                state.hours.store(hour, shelf);
            }
            panes.put(StoreKeys.hourPane(shelf, hour, entry.account), StrandedProfileCodec.encode(pane), timeMs);
        });
        entry.dirtyHours.clear();
        entry.dirtyDays.forEach((day, pane) -> {
            long shelf = state.days.shelf(day);
            if (shelf == PaneIndex.NOWHERE) {
                shelf = Math.floorDiv(nowHour(), HOURS_A_DAY);
                state.days.store(day, shelf);
            }
            panes.put(StoreKeys.dayPane(shelf, day, entry.account), StrandedProfileCodec.encode(pane), timeMs);
        });
        entry.dirtyDays.clear();
        entry.seen.forEach((hour, ids) -> {
            while (ids.hasFullChunk()) {
                int chunk = ids.chunks();
                byte[] bytes = ids.takeChunk(nowHour());
                panes.put(StoreKeys.ids(ids.shelf(), hour, chunk, entry.account), bytes, timeMs);
            }
        });
    }

    /** Writes back and evicts between commits when a burst has outgrown the cache. */
    void relieve() {
        if (cache.hasOutgrown()) {
            writeBack();
        }
    }

    private void write(Bytes key, byte[] value) {
        inner.put(key, value);
        log(key, value);
    }

    private void log(Bytes key, byte[] value) {
        if (logged) {
            context.logChange(name(), key, value, Math.max(0, nowMs()), new RecordHeaders(), Position.emptyPosition());
        }
    }

    @Override
    public void clearCache() {
        cache.clear();
        touched.clear();
        clock.reset();
        ledger.reset();
        active.reset();
        clockDirty = false;
        lookedWith = Optional.empty();
        restored = false;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        inner.commit(changelogOffsets);
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return inner.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // the inner store answers for its own offsets until Streams drops the question
    public boolean managesOffsets() {
        return inner.managesOffsets();
    }

    @Override
    public void close() {
        clearCache();
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public Position getPosition() {
        return inner.getPosition();
    }
}

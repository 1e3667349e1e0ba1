package io.stillwatch.topology;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.ProfileCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Panes, account states, timers and the clock of one partition: a RocksDB store with its changelog, behind a write-back
 * cache of decoded accounts that is flushed with every commit.
 *
 * <p>One event touches one cached object; encoding, the store and the changelog are paid once a commit, however many
 * events an account had. Streams has no public hook for "a commit is being prepared"; the internal {@link
 * CachedStateStore} is how its own caching stores get it, and how this one does.
 */
final class PaneStore implements StateStore, CachedStateStore<byte[], byte[]> {
    private static final byte[] PRESENT = new byte[0];

    /** About what an account with a pane and a merged window takes; see {@link AccountEntry#approximateBytes}. */
    private static final long BYTES_AN_ACCOUNT = 13_000;

    private final KeyValueStore<Bytes, byte[]> inner;
    private final long cacheBytes;
    private final boolean logged;
    private final PartitionClock clock;
    private final LinkedHashMap<String, AccountEntry> cache = new LinkedHashMap<>(1_024, 0.75f, true);
    private final Set<String> touched = new LinkedHashSet<>();
    private InternalProcessorContext<?, ?> context;
    private boolean clockDirty;

    PaneStore(KeyValueStore<Bytes, byte[]> inner, long cacheBytes, boolean logged, PartitionClock clock) {
        this.inner = inner;
        this.cacheBytes = cacheBytes;
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

    /** The partition's clock, restored on first use: restoring runs after {@link #init}. */
    PartitionClock clock() {
        if (!clock.started()) {
            byte[] stored = inner.get(StoreKeys.CLOCK);
            if (stored != null) {
                clock.decode(stored);
            }
        }
        return clock;
    }

    void clockMoved() {
        clockDirty = true;
    }

    /** The account's entry; every caller may change it, so it counts as changed until the next commit. */
    AccountEntry open(String account) {
        AccountEntry entry = cache.get(account);
        if (entry == null) {
            byte[] stored = inner.get(StoreKeys.account(account));
            entry = new AccountEntry(account, stored == null ? new AccountState() : AccountState.decode(stored));
            cache.put(account, entry);
        }
        touched.add(account);
        return entry;
    }

    /** The account's pane of an hour, made when there is none yet; the caller changes it. */
    Profile paneToChange(AccountEntry entry, long hour) {
        Profile pane = pane(entry, hour);
        entry.dirtyPanes.add(hour);
        entry.state.paneHours.add(hour);
        return pane;
    }

    private Profile pane(AccountEntry entry, long hour) {
        Profile pane = entry.panes.get(hour);
        if (pane == null) {
            byte[] stored = entry.state.hasPane(hour) ? inner.get(StoreKeys.pane(hour, entry.account)) : null;
            pane = stored == null ? new Profile() : ProfileCodec.decode(stored);
            entry.panes.put(hour, pane);
        }
        return pane;
    }

    SeenIds seen(AccountEntry entry, long hour) {
        SeenIds seen = entry.seen.get(hour);
        if (seen == null) {
            byte[] stored = entry.state.hasPane(hour) ? inner.get(StoreKeys.seen(hour, entry.account)) : null;
            seen = stored == null ? new SeenIds() : SeenIds.decode(stored);
            entry.seen.put(hour, seen);
        }
        return seen;
    }

    /**
     * The account's window of whole hours that ends with an hour's pane.
     *
     * <p>The closed panes are merged once an hour, so this costs one merge.
     */
    Profile window(AccountEntry entry, long hour, int hours) {
        if (entry.mergedBefore != hour) {
            entry.merged.clear();
            entry.mergedBefore = hour;
        }
        Profile window = new Profile();
        if (hours > 1) {
            window.merge(entry.merged.computeIfAbsent(hours, length -> closed(entry, hour, length)));
        }
        window.merge(pane(entry, hour));
        return window;
    }

    /** Requests in a window, without making it. */
    long requests(AccountEntry entry, long hour, int hours) {
        if (entry.mergedBefore != hour) {
            entry.merged.clear();
            entry.mergedBefore = hour;
        }
        return entry.merged
                        .computeIfAbsent(hours, length -> closed(entry, hour, length))
                        .requests()
                + pane(entry, hour).requests();
    }

    private Profile closed(AccountEntry entry, long hour, int hours) {
        Profile closed = new Profile();
        for (long at = hour - hours + 1; at < hour; at++) {
            if (entry.panes.containsKey(at)) {
                closed.merge(entry.panes.get(at));
            } else if (entry.state.hasPane(at)) {
                byte[] stored = inner.get(StoreKeys.pane(at, entry.account));
                if (stored != null) {
                    closed.merge(ProfileCodec.decode(stored));
                }
            }
        }
        return closed;
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

    /** Accounts whose timer is due by a minute, in the order of time, then account. */
    List<String> due(long minute) {
        List<String> accounts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> timers =
                inner.range(StoreKeys.bound('T', Long.MIN_VALUE), StoreKeys.bound('T', minute + 1))) {
            while (timers.hasNext()) {
                accounts.add(StoreKeys.accountOf(timers.next().key));
            }
        }
        return accounts;
    }

    /** Drops one account's panes and event ids of all hours before one. */
    void dropBefore(AccountEntry entry, long hour) {
        while (!entry.state.paneHours.isEmpty() && entry.state.paneHours.first() < hour) {
            long expired = entry.state.paneHours.pollFirst();
            entry.panes.remove(expired);
            entry.dirtyPanes.remove(expired);
            entry.seen.remove(expired);
            entry.dirtySeen.remove(expired);
            write(StoreKeys.pane(expired, entry.account), null);
            write(StoreKeys.seen(expired, entry.account), null);
            entry.mergedBefore = Long.MIN_VALUE;
        }
    }

    @Override
    public void flushCache() {
        for (String account : touched) {
            AccountEntry entry = cache.get(account);
            if (entry != null) {
                writeBack(entry);
            }
        }
        touched.clear();
        if (clockDirty) {
            write(StoreKeys.CLOCK, clock.encode());
            clockDirty = false;
        }
        shrink();
    }

    private void writeBack(AccountEntry entry) {
        write(StoreKeys.account(entry.account), entry.state.encode());
        for (long hour : entry.dirtyPanes) {
            write(StoreKeys.pane(hour, entry.account), ProfileCodec.encode(entry.panes.get(hour)));
        }
        entry.dirtyPanes.clear();
        for (long hour : entry.dirtySeen) {
            write(StoreKeys.seen(hour, entry.account), entry.seen.get(hour).encode());
        }
        entry.dirtySeen.clear();
        entry.forgetBefore(entry.state.currentHour);
    }

    /** Evicts the accounts longest unused until the cache is below its ceiling; called with everything written. */
    private void shrink() {
        long cachedBytes = 0;
        for (AccountEntry entry : cache.values()) {
            cachedBytes += entry.approximateBytes();
        }
        Iterator<AccountEntry> oldest = cache.values().iterator();
        while (cachedBytes > cacheBytes && oldest.hasNext()) {
            cachedBytes -= oldest.next().approximateBytes();
            oldest.remove();
        }
    }

    /** Writes back and evicts between commits when an update burst has outgrown the cache. */
    void relieve() {
        if (touched.size() * BYTES_AN_ACCOUNT > cacheBytes) {
            flushCache();
        }
    }

    private void write(Bytes key, byte[] value) {
        inner.put(key, value);
        if (logged) {
            context.logChange(
                    name(),
                    key,
                    value,
                    Math.max(0, clock.started() ? clock.nowMs() : 0),
                    new RecordHeaders(),
                    Position.emptyPosition());
        }
    }

    @Override
    public void clearCache() {
        cache.clear();
        touched.clear();
        clock.reset();
        clockDirty = false;
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

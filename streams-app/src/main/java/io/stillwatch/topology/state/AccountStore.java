package io.stillwatch.topology.state;

import io.stillwatch.account.AccountCodec;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.Accounts;
import io.stillwatch.account.ActiveAccounts;
import io.stillwatch.account.EventTime;
import io.stillwatch.account.PaneTimeline;
import io.stillwatch.account.PartitionClock;
import io.stillwatch.account.SourceLedger;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
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
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one partition, with their timers, the partition's clock and its loss ledger: a RocksDB store with its
 * changelog, behind a write-back cache of decoded accounts that is flushed with every commit.
 *
 * <p>One event touches one cached object; encoding, the store and the changelog are paid once a commit, however many
 * events an account had. Panes that are closed go to the {@link PaneStore}. Streams has no public hook for "a commit is
 * being prepared"; the internal {@link CachedStateStore} is how its own caching stores get it, and how this one does.
 */
public final class AccountStore implements StateStore, CachedStateStore<byte[], byte[]>, Accounts {
    private static final byte[] PRESENT = new byte[0];
    /** Times that an account is opened until it is weighed again: to weigh it takes longer than to add a request. */
    private static final int WEIGHED_EVERY = 16;

    /** Few enough that what was encoded is garbage before it is old. */
    private static final int RECORDS_AT_ONCE = 256;

    private final KeyValueStore<Bytes, byte[]> inner;
    private long hits;
    private long misses;
    private final int commitsAWriteBack;
    private final boolean logged;
    private final PartitionClock clock;
    private final SourceLedger ledger = new SourceLedger();
    private final ActiveAccounts active = new ActiveAccounts();
    private final AccountCache cache;
    private final List<AccountEntry> touched = new ArrayList<>();
    private final StateWriter writer = new StateWriter();
    private InternalProcessorContext<?, ?> context;
    private @Nullable PaneTimeline timeline;
    private boolean clockDirty;
    private boolean restored;

    /** The number of the format as long as nothing was written: nothing can be logged before the task runs. */
    private Optional<byte[]> unwrittenFormat = Optional.empty();

    private int commits;

    /** No timer is set for an earlier minute. */
    private long earliestTimer = Long.MIN_VALUE;

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

    /** Names what closed panes are written through. */
    public void connect(PaneTimeline panes) {
        timeline = panes;
    }

    private PaneTimeline connected() {
        return Objects.requireNonNull(timeline, "panes are to be connected before an account is written");
    }

    /** The partition's clock. */
    public PartitionClock clock() {
        restore();
        return clock;
    }

    /** How many of the partition's accounts are active. */
    public ActiveAccounts active() {
        restore();
        return active;
    }

    /** The partition's loss ledger. */
    public SourceLedger ledger() {
        restore();
        return ledger;
    }

    /** The signatures and entries of the allowlist, by revision, that every account has been looked at with; empty where that is not known. */
    public Optional<Map<String, Long>> lookedWith() {
        restore();
        return lookedWith;
    }

    public void setLookedWith(Map<String, Long> revisions) {
        restore();
        lookedWith = Optional.of(Map.copyOf(revisions));
        write(StoreKeys.LOOKED_WITH, SignatureRevisions.encode(revisions));
    }

    /** How far analysts' orders have been taken: the offset of the last one; -1 for none. */
    public long ordersTaken() {
        restore();
        return ordersTaken;
    }

    public void setOrdersTaken(long offset) {
        restore();
        ordersTaken = offset;
        write(StoreKeys.ORDERS, encoded(offset));
    }

    /** Where the state comes from, as {@link StateOrigin} writes it; null where it has just begun. */
    public byte[] origin() {
        return inner.get(StoreKeys.ORIGIN);
    }

    /** Hands on all that is stored; {@link #writeBack} first for what is not yet. */
    public void forEach(BiConsumer<Bytes, byte[]> taker) {
        try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
            all.forEachRemaining(record -> taker.accept(record.key, record.value));
        }
    }

    public void setOrigin(byte[] origin) {
        restore();
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
            unwrittenFormat = StoredFormat.check(inner, StoreKeys.FORMAT);
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

    public void clockMoved() {
        clockDirty = true;
    }

    private long nowMs() {
        return clock().started() ? clock.nowMs() : 0;
    }

    private long nowHour() {
        return EventTime.hourOf(nowMs());
    }

    /** The account's entry, made when there is none; the caller may change it until the next commit. */
    @Override
    public AccountEntry open(String account) {
        AccountEntry entry = cache.get(account);
        if (entry != null) {
            hits++;
        } else {
            misses++;
            byte[] stored = inner.get(StoreKeys.account(account));
            entry = stored == null ? AccountEntry.fresh(account) : AccountCodec.decode(account, stored);
            cache.add(entry);
        }
        entry.used = true;
        if (++entry.opened % WEIGHED_EVERY == 0) {
            cache.weigh(entry);
        }
        if (!entry.touched) {
            entry.touched = true;
            touched.add(entry);
        }
        return entry;
    }

    /** Accounts with a record, about; RocksDB's estimate, of which timers and the like are a part. Count. */
    public long approximateAccounts() {
        return inner.approximateNumEntries();
    }

    /** Accounts asked for that were in memory, since the last call. */
    public long takeHits() {
        long taken = hits;
        hits = 0;
        return taken;
    }

    /** Accounts asked for that were not in memory, since the last call. */
    public long takeMisses() {
        long taken = misses;
        misses = 0;
        return taken;
    }

    /** The account's entry for reading only; empty when the account has no record. */
    public Optional<AccountEntry> peek(String account) {
        AccountEntry cached = cache.get(account);
        return cached != null
                ? Optional.of(cached)
                : Optional.ofNullable(inner.get(StoreKeys.account(account)))
                        .map(stored -> AccountCodec.decode(account, stored));
    }

    /**
     * Accounts in the order of their bytes; {@link #flushCache} first for those that have never been written.
     *
     * @param after where to begin, exclusive; empty for all
     * @param most accounts to name; when as many are named, there may be more
     */
    public List<String> accountsAfter(String after, int most) {
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
    @Override
    public boolean knows(String account) {
        return cache.get(account) != null || inner.get(StoreKeys.account(account)) != null;
    }

    /** Forgets an account altogether. */
    @Override
    public void forget(AccountEntry entry) {
        write(StoreKeys.account(entry.account), null);
        cache.remove(entry);
        // It is passed over when what was touched is written: to look for it would take as long as there are accounts.
        entry.touched = false;
    }

    @Override
    public void setTimer(long minute, String account) {
        earliestTimer = Math.min(earliestTimer, minute);
        write(StoreKeys.timer(minute, account), PRESENT);
    }

    @Override
    public void clearTimer(long minute, String account) {
        write(StoreKeys.timer(minute, account), null);
    }

    /**
     * Accounts whose timer is due, in the order of time, then account. They are looked for from the earliest timer there may
     * be: those that are gone lie before it in the store until it is compacted, and would be gone through again each time.
     *
     * @param minute inclusive
     * @param most accounts to name; when as many are named, more may be due
     */
    @Override
    public List<String> due(long minute, int most) {
        if (earliestTimer > minute) {
            return List.of();
        }
        List<String> accounts = new ArrayList<>();
        long first = minute + 1;
        try (KeyValueIterator<Bytes, byte[]> timers = inner.range(
                StoreKeys.bound(StoreKeys.TIMER, earliestTimer), StoreKeys.bound(StoreKeys.TIMER, minute + 1))) {
            while (accounts.size() < most && timers.hasNext()) {
                Bytes timer = timers.next().key;
                first = Math.min(first, StoreKeys.timeOf(timer));
                accounts.add(StoreKeys.accountOf(timer));
            }
        }
        earliestTimer = first;
        return accounts;
    }

    @Override
    public void flushCache() {
        if (++commits >= commitsAWriteBack) {
            writeBack();
        }
    }

    /** Whether anything has changed that no commit has written yet. */
    public boolean hasUnwritten() {
        return clockDirty || !touched.isEmpty();
    }

    /** Writes everything touched, whether it is time to or not. */
    public void writeBack() {
        commits = 0;
        List<KeyValue<Bytes, byte[]>> records = new ArrayList<>(RECORDS_AT_ONCE);
        for (AccountEntry entry : touched) {
            if (!entry.touched) {
                continue;
            }
            connected().write(entry, nowHour());
            records.add(KeyValue.pair(StoreKeys.account(entry.account), AccountCodec.encode(entry, writer)));
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
            writeFormat();
            inner.putAll(records);
            records.forEach(record -> log(record.key, record.value));
            records.clear();
        }
    }

    /** Takes notice that an account has grown by more than a request, as by windows that were made. */
    public void weigh(AccountEntry entry) {
        cache.weigh(entry);
    }

    public AccountCache cache() {
        return cache;
    }

    /** Writes back and evicts between commits when a burst has outgrown the cache. */
    @Override
    public void relieve() {
        if (cache.hasOutgrown()) {
            writeBack();
        }
    }

    private void writeFormat() {
        unwrittenFormat.ifPresent(number -> {
            unwrittenFormat = Optional.empty();
            write(StoreKeys.FORMAT, number);
        });
    }

    private void write(Bytes key, byte @Nullable [] value) {
        writeFormat();
        inner.put(key, value);
        log(key, value);
    }

    private void log(Bytes key, byte @Nullable [] value) {
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
        earliestTimer = Long.MIN_VALUE;
        lookedWith = Optional.empty();
        unwrittenFormat = Optional.empty();
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

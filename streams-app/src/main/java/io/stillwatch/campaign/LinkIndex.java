package io.stillwatch.campaign;

import io.stillwatch.campaign.work.Work;
import io.stillwatch.campaign.work.WorkSpace;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which accounts have which link keys, of all accounts of late. What it holds depends on the newest record of each account
 * alone, not on the order in which they came. Mutable and not thread-safe.
 */
public final class LinkIndex {
    private static final int FIRST_ROOM = 1_024;

    private final Map<String, Entry> known = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final IntArrayList free = new IntArrayList();
    private final Long2IntOpenHashMap keyIds = new Long2IntOpenHashMap();
    private final IntArrayList freeKeys = new IntArrayList();
    private long[] hashes = new long[FIRST_ROOM];
    private int keysEver;
    private byte[] kinds = new byte[FIRST_ROOM];
    private int[] holders = new int[FIRST_ROOM];
    private int[] establishedHolders = new int[FIRST_ROOM];
    private int established;

    /** An account without what only its profile tells. */
    static final class Entry {
        final String account;
        final int partition;
        final int[] keys;
        final long firstMs;
        final long lastMs;
        final long requests;
        final long outputTokens;
        final Optional<Boolean> age;
        final boolean established;
        final CompactMean content;
        final Optional<Work> work;
        private int slot;

        /** Where it stood among those that were looked at last; kept by {@link WorkGrouping}. */
        int place = -1;

        private Entry(LinkedAccount account, int[] keys) {
            this.account = account.account();
            this.partition = account.partition();
            this.keys = keys;
            this.firstMs = account.firstMs();
            this.lastMs = account.lastMs();
            this.requests = account.requests();
            this.outputTokens = account.outputTokens();
            this.age = account.established();
            this.established = age.orElse(false);
            this.content = account.content().map(CompactMean::of).orElse(CompactMean.NONE);
            this.work = account.content().flatMap(WorkSpace.bundled()::of);
        }
    }

    public LinkIndex() {
        keyIds.defaultReturnValue(-1);
    }

    /** Takes in an account, in place of what was known of it. */
    public void put(LinkedAccount account) {
        Entry entry = new Entry(account, ids(account.keys()));
        // Counted in before what was known is counted out, so that keys it keeps are not given to others in between.
        count(entry, 1);
        remove(account.account());
        int slot = free.isEmpty() ? entries.size() : free.popInt();
        if (slot == entries.size()) {
            entries.add(entry);
        } else {
            entries.set(slot, entry);
        }
        entry.slot = slot;
        known.put(entry.account, entry);
    }

    /** Forgets an account. */
    public void remove(String account) {
        Entry entry = known.remove(account);
        if (entry != null) {
            count(entry, -1);
            entries.set(entry.slot, null);
            free.add(entry.slot);
        }
    }

    private void count(Entry entry, int one) {
        established += entry.established ? one : 0;
        for (int key : entry.keys) {
            holders[key] += one;
            establishedHolders[key] += entry.established ? one : 0;
            if (holders[key] == 0) {
                keyIds.remove(hashes[key]);
                freeKeys.add(key);
            }
        }
    }

    private int[] ids(List<LinkKey> keys) {
        int[] ids = new int[keys.size()];
        int distinct = 0;
        for (int at = 0; at < ids.length; at++) {
            int id = id(keys.get(at));
            int before = 0;
            while (before < distinct && ids[before] != id) {
                before++;
            }
            if (before == distinct) {
                ids[distinct++] = id;
            }
        }
        return distinct == ids.length ? ids : Arrays.copyOf(ids, distinct);
    }

    private int id(LinkKey key) {
        // Equal hashes of different kinds are different keys.
        long hash = key.hash() * 31 + key.kind().position();
        int id = keyIds.get(hash);
        if (id < 0) {
            id = freeKeys.isEmpty() ? keysEver++ : freeKeys.popInt();
            keyIds.put(hash, id);
            if (id == holders.length) {
                hashes = Arrays.copyOf(hashes, id * 2);
                kinds = Arrays.copyOf(kinds, id * 2);
                holders = Arrays.copyOf(holders, id * 2);
                establishedHolders = Arrays.copyOf(establishedHolders, id * 2);
            }
            hashes[id] = hash;
            kinds[id] = (byte) key.kind().position();
        }
        return id;
    }

    /**
     * The accounts that have been quiet for longest, in the order of their names where equally long.
     *
     * @param number how many, at most all
     */
    public List<String> quietest(int number) {
        return entries.stream()
                .filter(Objects::nonNull)
                .sorted(Comparator.<Entry>comparingLong(entry -> entry.lastMs).thenComparing(entry -> entry.account))
                .limit(number)
                .map(entry -> entry.account)
                .toList();
    }

    /** Accounts that are known. */
    public int accounts() {
        return known.size();
    }

    /**
     * Accounts that have been quiet for long, by the clock of their own partition, in the order of their names.
     *
     * @param quietMs how long, milliseconds of event time
     * @param nowMs what clocks say beyond it does not count yet, milliseconds since 1970
     */
    public List<String> quietFor(long quietMs, SourceClocks clocks, long nowMs) {
        return entries.stream()
                .filter(entry -> entry != null && entry.lastMs < Math.min(nowMs, clocks.of(entry.partition)) - quietMs)
                .map(entry -> entry.account)
                .sorted()
                .toList();
    }

    /** An account that is known. */
    Entry entry(String account) {
        return Objects.requireNonNull(known.get(account), account);
    }

    boolean knows(String account) {
        return known.containsKey(account);
    }

    int slots() {
        return entries.size();
    }

    /** What lies in a slot; null when it is free. */
    Entry at(int slot) {
        return entries.get(slot);
    }

    /** Whether an account's newest record is this one. */
    boolean holds(Entry entry) {
        return entries.get(entry.slot) == entry;
    }

    /** Keys are numbered below this. */
    int keys() {
        return keysEver;
    }

    LinkKind kind(int key) {
        return LinkKind.at(kinds[key]);
    }

    /** A hash of a key and its kind, the same in every index. */
    long hash(int key) {
        return hashes[key];
    }

    /** Accounts that have a key. */
    int holders(int key) {
        return holders[key];
    }

    /** Established accounts that have a key. */
    int establishedHolders(int key) {
        return establishedHolders[key];
    }

    int established() {
        return established;
    }
}

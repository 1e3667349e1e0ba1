package io.stillwatch.topology.state;

import io.stillwatch.account.AccountEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in memory, below a ceiling of bytes whenever {@link #shrink} was called.
 *
 * <p>A hand goes round over all accounts and evicts those that were not used since it came by the last time (the CLOCK
 * of Corbató 1969). A list in the order of use would be written to with every event, all over the old generation, which
 * the collector then has to look through.
 */
public final class AccountCache {
    private final long ceilingBytes;
    private final Map<String, AccountEntry> byAccount = new HashMap<>();
    private final List<AccountEntry> ring = new ArrayList<>();
    private int hand;
    private long bytes;

    AccountCache(long ceilingBytes) {
        this.ceilingBytes = ceilingBytes;
    }

    /** The account's entry, or null. */
    @Nullable
    AccountEntry get(String account) {
        return byAccount.get(account);
    }

    /** Adds the entry of an account that has none. */
    void add(AccountEntry entry) {
        byAccount.put(entry.account, entry);
        entry.place = ring.size();
        ring.add(entry);
        weigh(entry);
    }

    /** Takes notice that an entry may have changed its size; one that is not here is not weighed. */
    void weigh(AccountEntry entry) {
        if (byAccount.get(entry.account) != entry) {
            return;
        }
        long now = entry.approximateBytes();
        bytes += now - entry.weighedBytes;
        entry.weighedBytes = now;
    }

    /** What all entries were last taken for, bytes. */
    public long weight() {
        return bytes;
    }

    /** All entries, in no order. */
    public List<AccountEntry> entries() {
        return Collections.unmodifiableList(ring);
    }

    void remove(AccountEntry entry) {
        byAccount.remove(entry.account);
        AccountEntry last = ring.remove(ring.size() - 1);
        if (last != entry) {
            ring.set(entry.place, last);
            last.place = entry.place;
        }
        bytes -= entry.weighedBytes;
    }

    /** Whether a burst has taken it half above its ceiling. */
    boolean hasOutgrown() {
        return bytes > ceilingBytes + ceilingBytes / 2;
    }

    /** Evicts until it is below its ceiling; all entries must be written. */
    void shrink() {
        while (bytes > ceilingBytes && !ring.isEmpty()) {
            hand = hand < ring.size() ? hand : 0;
            AccountEntry entry = ring.get(hand);
            if (entry.used) {
                entry.used = false;
                hand++;
            } else {
                remove(entry);
            }
        }
    }

    void clear() {
        byAccount.clear();
        ring.clear();
        hand = 0;
        bytes = 0;
    }
}

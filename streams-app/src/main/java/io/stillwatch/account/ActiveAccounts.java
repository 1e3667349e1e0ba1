package io.stillwatch.account;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.TreeMap;

/**
 * How many of a partition's accounts had enough requests on a day to be judged by it, for the days of about a week.
 *
 * <p>Only days are asked for that were over a day ago, when every account's was closed: so the number depends on the
 * records alone, in whatever order accounts came.
 */
public final class ActiveAccounts {
    private static final int DAYS_KEPT = 10;
    private static final int DAYS_ASKED = 7;

    /** Days since one whose accounts have all been counted. */
    private static final int DAYS_OVER = 2;

    private final TreeMap<Long, Long> accounts = new TreeMap<>();
    private boolean dirty;

    /** Counts one account's day; days since 1970. */
    void count(long day) {
        accounts.merge(day, 1L, Long::sum);
        while (accounts.size() > DAYS_KEPT) {
            accounts.pollFirstEntry();
        }
        dirty = true;
    }

    /** The most accounts of a day of the last week; 0 when none is known. */
    long before(long today) {
        return accounts.subMap(today - DAYS_OVER - DAYS_ASKED + 1, true, today - DAYS_OVER, true).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Whether anything was counted since last asked. */
    public boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    public void reset() {
        accounts.clear();
        dirty = false;
    }

    /** Number of days, then for each the day and its accounts. */
    public byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeUnsigned(accounts.size());
        accounts.forEach((day, number) -> {
            out.writeSigned(day);
            out.writeUnsigned(number);
        });
        return out.toByteArray();
    }

    public void decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int days = in.readCount(DAYS_KEPT);
        for (int at = 0; at < days; at++) {
            long day = in.readSigned();
            accounts.put(day, in.readUnsigned());
        }
    }
}

package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import java.util.Arrays;

/**
 * Which minutes of which hours saw a request: 60 bits an hour, so merging is a union and order does not matter.
 *
 * <p>Only the latest {@value #MOST_HOURS} active hours are kept, a month's worth: whatever the order, the latest of a
 * union are the same. So a profile's minutes never take more than 12 KB of heap; encoded, a 30-day window takes
 * 6,000 bytes at worst, and 7,000 when its hours lie years apart.
 */
public final class ActiveMinutes {
    /** Hours that are kept at most: a month. */
    public static final int MOST_HOURS = 24 * 31;

    private static final int HOUR_MINUTES = 60;
    private static final int MOST_MINUTES = MOST_HOURS * HOUR_MINUTES;
    private static final long MINUTE_MS = 60_000;
    private static final int TOP_BIT = 63;

    private long[] hours = Empty.LONGS;
    private long[] minutes = Empty.LONGS;
    private int size;

    /** Counts a request at an event time, in milliseconds since 1970. */
    public void add(long timeMs) {
        addMinute(minute(timeMs));
    }

    private static long minute(long timeMs) {
        return Math.floorDiv(timeMs, MINUTE_MS);
    }

    private static long hour(long minute) {
        return Math.floorDiv(minute, HOUR_MINUTES);
    }

    private void addMinute(long minute) {
        add(hour(minute), 1L << Math.floorMod(minute, HOUR_MINUTES));
    }

    private void add(long hour, long bits) {
        if (size > 0 && hours[size - 1] == hour) {
            minutes[size - 1] |= bits;
            return;
        }
        int slot = size == 0 ? -1 : Arrays.binarySearch(hours, 0, size, hour);
        if (slot >= 0) {
            minutes[slot] |= bits;
        } else {
            insert(-slot - 1, hour, bits);
        }
    }

    private void insert(int slot, long hour, long bits) {
        if (size == MOST_HOURS) {
            if (slot > 0) {
                System.arraycopy(hours, 1, hours, 0, slot - 1);
                System.arraycopy(minutes, 1, minutes, 0, slot - 1);
                hours[slot - 1] = hour;
                minutes[slot - 1] = bits;
            }
            return;
        }
        if (size == hours.length) {
            int room = Math.min(MOST_HOURS, Math.max(1, size * 2));
            hours = Arrays.copyOf(hours, room);
            minutes = Arrays.copyOf(minutes, room);
        }
        System.arraycopy(hours, slot, hours, slot + 1, size - slot);
        System.arraycopy(minutes, slot, minutes, slot + 1, size - slot);
        hours[slot] = hour;
        minutes[slot] = bits;
        size++;
    }

    /** Clock hours with a request. */
    public int hours() {
        return size;
    }

    /**
     * Copies what is kept.
     *
     * @param intoHours takes the active hours since 1970, ascending; one place for each of {@link #hours}
     * @param intoMinutes takes a bit for each active minute of those hours, the first minute lowest
     */
    public void copyTo(long[] intoHours, long[] intoMinutes) {
        System.arraycopy(hours, 0, intoHours, 0, size);
        System.arraycopy(minutes, 0, intoMinutes, 0, size);
    }

    /** Clock minutes with a request. */
    public int minutes() {
        int active = 0;
        for (int at = 0; at < size; at++) {
            active += Long.bitCount(minutes[at]);
        }
        return active;
    }

    /** Different hours of the day (UTC) with a request: 0 to 24. */
    public int hoursOfDay() {
        int seen = 0;
        for (int at = 0; at < size; at++) {
            seen |= 1 << Math.floorMod(hours[at], 24);
        }
        return Integer.bitCount(seen);
    }

    /** The longest run of hours without a request between the first and the last active one. */
    public long longestPauseHours() {
        long longest = 0;
        for (int at = 1; at < size; at++) {
            longest = Math.max(longest, hours[at] - hours[at - 1] - 1);
        }
        return longest;
    }

    /** Takes in what another has counted. */
    public void merge(ActiveMinutes other) {
        for (int at = 0; at < other.size; at++) {
            add(other.hours[at], other.minutes[at]);
        }
    }

    /**
     * The reader knows the first and the last request's time. A bit says which form: the minutes one by one, or, where
     * that would be longer than their bit masks, the hours and a mask for each.
     */
    public void write(BitWriter out, long firstMs, long lastMs) {
        long first = minute(firstMs);
        long last = minute(lastMs);
        long[] active = active();
        boolean whole = active[0] == first;
        // Not the last one: the latest hours are kept, so the last request's minute is always among them.
        int from = whole ? 1 : 0;
        int to = Math.max(from, active.length - 1);
        long maskBits = BitWriter.sortedBits(hours, 0, size, hour(first), hour(last)) + (long) size * HOUR_MINUTES;
        boolean masked = maskBits < BitWriter.sortedBits(active, from, to, first + 1, last - 1);
        out.flag(masked);
        if (masked) {
            out.gamma(size - 1);
            out.sorted(hours, 0, size, hour(first), hour(last));
            for (int at = 0; at < size; at++) {
                out.bits(minutes[at], HOUR_MINUTES);
            }
        } else {
            out.gamma(active.length - 1);
            out.flag(whole);
            out.sorted(active, from, to, first + 1, last - 1);
        }
    }

    /** The active minutes, counted from 1970. */
    private long[] active() {
        long[] active = new long[minutes()];
        int found = 0;
        for (int at = 0; at < size; at++) {
            for (long rest = minutes[at]; rest != 0; rest &= rest - 1) {
                active[found++] = hours[at] * HOUR_MINUTES + Long.numberOfTrailingZeros(rest);
            }
        }
        return active;
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, long firstMs, long lastMs) {
        long first = minute(firstMs);
        long last = minute(lastMs);
        if (in.flag()) {
            readMasks(in, first, last);
        } else {
            readMinutes(in, first, last);
        }
        if (first > last || earliest() < first || latest() != last) {
            throw new CorruptStateException("the active minutes do not reach to the last request");
        }
    }

    private void readMasks(BitReader in, long first, long last) {
        size = 1 + in.gamma(MOST_HOURS - 1);
        hours = new long[size];
        minutes = new long[size];
        in.sorted(hours, 0, size, hour(first), hour(last));
        for (int at = 0; at < size; at++) {
            minutes[at] = in.bits(HOUR_MINUTES);
            if (minutes[at] == 0) {
                throw new CorruptStateException("an active hour without an active minute");
            }
        }
    }

    private void readMinutes(BitReader in, long first, long last) {
        long[] active = new long[1 + in.gamma(MOST_MINUTES - 1)];
        boolean whole = in.flag();
        active[0] = first;
        if (active.length > 1) {
            in.sorted(active, whole ? 1 : 0, active.length - 1, first + 1, last - 1);
        }
        active[active.length - 1] = last;
        for (long minute : active) {
            addMinute(minute);
        }
    }

    private long earliest() {
        return hours[0] * HOUR_MINUTES + Long.numberOfTrailingZeros(minutes[0]);
    }

    private long latest() {
        return hours[size - 1] * HOUR_MINUTES + TOP_BIT - Long.numberOfLeadingZeros(minutes[size - 1]);
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(12) + (hours.length == 0 ? 0 : 2 * HeapSize.array(hours.length, 8));
    }
}

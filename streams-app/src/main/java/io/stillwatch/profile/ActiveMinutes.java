package io.stillwatch.profile;

import java.util.Arrays;

/** Which minutes of which hours saw a request: 60 bits an hour, so merging is a union and order does not matter. */
final class ActiveMinutes {
    private static final long MINUTE_MS = 60_000;
    private static final int MOST_HOURS = 24 * 366;

    private long[] hours = new long[1];
    private long[] minutes = new long[1];
    private int size;

    void add(long timeMs) {
        long minute = Math.floorDiv(timeMs, MINUTE_MS);
        add(Math.floorDiv(minute, 60), 1L << Math.floorMod(minute, 60));
    }

    private void add(long hour, long bits) {
        if (size > 0 && hours[size - 1] == hour) {
            minutes[size - 1] |= bits;
            return;
        }
        int slot = Arrays.binarySearch(hours, 0, size, hour);
        if (slot >= 0) {
            minutes[slot] |= bits;
            return;
        }
        if (size == hours.length) {
            hours = Arrays.copyOf(hours, size * 2);
            minutes = Arrays.copyOf(minutes, size * 2);
        }
        int insert = -slot - 1;
        System.arraycopy(hours, insert, hours, insert + 1, size - insert);
        System.arraycopy(minutes, insert, minutes, insert + 1, size - insert);
        hours[insert] = hour;
        minutes[insert] = bits;
        size++;
    }

    int hours() {
        return size;
    }

    int minutes() {
        int active = 0;
        for (int at = 0; at < size; at++) {
            active += Long.bitCount(minutes[at]);
        }
        return active;
    }

    /** Different hours of the day (UTC) with a request: 0 to 24. */
    int hoursOfDay() {
        int seen = 0;
        for (int at = 0; at < size; at++) {
            seen |= 1 << Math.floorMod(hours[at], 24);
        }
        return Integer.bitCount(seen);
    }

    /** The longest run of hours without a request between the first and the last active one. */
    long longestPauseHours() {
        long longest = 0;
        for (int at = 1; at < size; at++) {
            longest = Math.max(longest, hours[at] - hours[at - 1] - 1);
        }
        return longest;
    }

    void merge(ActiveMinutes other) {
        for (int at = 0; at < other.size; at++) {
            add(other.hours[at], other.minutes[at]);
        }
    }

    void write(StateWriter out) {
        out.writeUnsigned(size);
        long before = 0;
        for (int at = 0; at < size; at++) {
            out.writeSigned(hours[at] - before);
            out.writeUnsigned(minutes[at]);
            before = hours[at];
        }
    }

    void read(StateReader in) {
        size = in.readCount(MOST_HOURS);
        hours = new long[Math.max(1, size)];
        minutes = new long[Math.max(1, size)];
        long hour = 0;
        for (int at = 0; at < size; at++) {
            hour += in.readSigned();
            hours[at] = hour;
            minutes[at] = in.readUnsigned();
        }
    }
}

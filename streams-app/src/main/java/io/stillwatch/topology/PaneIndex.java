package io.stillwatch.topology;

import io.stillwatch.profile.CorruptStateException;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.util.Arrays;

/**
 * Which hours, or days, an account has a pane of, how many requests are in each, and where it is stored: so a window's
 * requests are counted without reading its panes. Times are hours or days since 1970, ascending.
 *
 * <p>A stored pane's key begins with the partition's time at which it was written (its shelf), not with its own: an
 * account whose log comes late, or whose clock is wrong, has its panes for as long as anybody else.
 */
final class PaneIndex {
    /** No time and no shelf: that of a pane that is not stored yet. */
    static final long NOWHERE = Long.MIN_VALUE;

    private static final int MOST = 1 << 12;

    private long[] times = new long[2];
    private long[] requests = new long[2];
    private long[] shelves = new long[2];
    private int size;

    boolean contains(long time) {
        return find(time) >= 0;
    }

    /** Adds a pane where there is none yet, and requests to it. */
    void add(long time, long more) {
        int slot = size > 0 && times[size - 1] == time ? size - 1 : find(time);
        if (slot < 0) {
            slot = insert(-slot - 1, time);
        }
        requests[slot] += more;
    }

    private int find(long time) {
        return Arrays.binarySearch(times, 0, size, time);
    }

    private int insert(int at, long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            requests = Arrays.copyOf(requests, size * 2);
            shelves = Arrays.copyOf(shelves, size * 2);
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(requests, at, requests, at + 1, size - at);
        System.arraycopy(shelves, at, shelves, at + 1, size - at);
        times[at] = time;
        requests[at] = 0;
        shelves[at] = NOWHERE;
        size++;
        return at;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The times from one to another, both inclusive. */
    long[] between(long from, long to) {
        int start = find(from);
        int end = find(to);
        return Arrays.copyOfRange(times, start < 0 ? -start - 1 : start, end < 0 ? -end - 1 : end + 1);
    }

    long last() {
        return times[size - 1];
    }

    /** The first pane at or after a time; {@link #NOWHERE} when there is none. */
    long firstFrom(long time) {
        int found = find(time);
        int at = found < 0 ? -found - 1 : found;
        return at < size ? times[at] : NOWHERE;
    }

    /** The shelf of a pane; {@link #NOWHERE} when there is no such pane or it is not stored. */
    long shelf(long time) {
        int found = find(time);
        return found < 0 ? NOWHERE : shelves[found];
    }

    /** Notes where a pane that is in the index was stored. */
    void store(long time, long shelf) {
        shelves[find(time)] = shelf;
    }

    /** Requests in the panes from one time to another, both inclusive. */
    long requests(long from, long to) {
        long sum = 0;
        for (int at = size - 1; at >= 0 && times[at] >= from; at--) {
            if (times[at] <= to) {
                sum += requests[at];
            }
        }
        return sum;
    }

    /** Forgets all panes before a time. */
    void dropBefore(long time) {
        int found = find(time);
        int gone = found < 0 ? -found - 1 : found;
        if (gone > 0) {
            System.arraycopy(times, gone, times, 0, size - gone);
            System.arraycopy(requests, gone, requests, 0, size - gone);
            System.arraycopy(shelves, gone, shelves, 0, size - gone);
            size -= gone;
        }
    }

    /** Number of panes, then for each the gap to the one before, its requests, and 0 or 1 and its shelf less its time. */
    void write(StateWriter out) {
        out.writeUnsigned(size);
        long before = 0;
        for (int at = 0; at < size; at++) {
            out.writeSigned(times[at] - before);
            out.writeUnsigned(requests[at]);
            out.writeByte(shelves[at] == NOWHERE ? 0 : 1);
            if (shelves[at] != NOWHERE) {
                out.writeSigned(shelves[at] - times[at]);
            }
            before = times[at];
        }
    }

    static PaneIndex read(StateReader in) {
        PaneIndex index = new PaneIndex();
        index.size = in.readCount(MOST);
        index.times = new long[Math.max(2, index.size)];
        index.requests = new long[Math.max(2, index.size)];
        index.shelves = new long[Math.max(2, index.size)];
        long time = 0;
        for (int at = 0; at < index.size; at++) {
            long gap = in.readSigned();
            if (at > 0 && gap <= 0) {
                throw new CorruptStateException("the panes of an account are not in the order of time");
            }
            time += gap;
            index.times[at] = time;
            index.requests[at] = in.readUnsigned();
            index.shelves[at] = in.readByte() == 0 ? NOWHERE : time + in.readSigned();
        }
        return index;
    }

    long approximateBytes() {
        return 80 + 24L * times.length;
    }
}

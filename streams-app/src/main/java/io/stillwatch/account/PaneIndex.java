package io.stillwatch.account;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Arrays;

/**
 * Which hours, or days, an account has a pane of, how many requests are in each, and where it is stored: so a window's
 * requests are counted without reading its panes. Times are hours or days since 1970, ascending.
 *
 * <p>A stored pane's key begins with the partition's time at which it was written (its shelf), not with its own: an
 * account whose log comes late, or whose clock is wrong, has its panes for as long as anybody else.
 */
public final class PaneIndex {
    /** No time and no shelf: that of a pane that is not stored yet. */
    static final long NOWHERE = Long.MIN_VALUE;

    private static final int MOST = 1 << 12;
    private static final long[] NOTHING = {};

    /** Places of a pane's time, requests and shelf, side by side: there are two indexes an account. */
    private static final int STRIDE = 3;

    private static final int REQUESTS = 1;
    private static final int SHELF = 2;

    private long[] panes = NOTHING;
    private int size;

    boolean contains(long time) {
        return find(time) >= 0;
    }

    /** Adds a pane where there is none yet, and requests to it. */
    void add(long time, long more) {
        int slot = find(time);
        if (slot < 0) {
            slot = insert(-slot - 1, time);
        }
        panes[slot * STRIDE + REQUESTS] += more;
    }

    private long time(int at) {
        return panes[at * STRIDE];
    }

    private long requests(int at) {
        return panes[at * STRIDE + REQUESTS];
    }

    private long shelf(int at) {
        return panes[at * STRIDE + SHELF];
    }

    /** Where a time is, or where it belongs: that, negative, less one. Mostly it is the last one that is asked for. */
    private int find(long time) {
        int at = size;
        while (at > 0 && time(at - 1) > time) {
            at--;
        }
        return at > 0 && time(at - 1) == time ? at - 1 : -at - 1;
    }

    private int insert(int at, long time) {
        if (size * STRIDE == panes.length) {
            panes = Arrays.copyOf(panes, STRIDE * Math.max(1, size + Math.max(1, size / 2)));
        }
        System.arraycopy(panes, at * STRIDE, panes, (at + 1) * STRIDE, (size - at) * STRIDE);
        panes[at * STRIDE] = time;
        panes[at * STRIDE + REQUESTS] = 0;
        panes[at * STRIDE + SHELF] = NOWHERE;
        size++;
        return at;
    }

    public int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The times from one to another, both inclusive. */
    long[] between(long from, long to) {
        int start = find(from);
        int end = find(to);
        int first = start < 0 ? -start - 1 : start;
        long[] times = new long[(end < 0 ? -end - 1 : end + 1) - first];
        for (int at = 0; at < times.length; at++) {
            times[at] = time(first + at);
        }
        return times;
    }

    long last() {
        return time(size - 1);
    }

    /** The first pane at or after a time; {@link #NOWHERE} when there is none. */
    long firstFrom(long time) {
        int found = find(time);
        int at = found < 0 ? -found - 1 : found;
        return at < size ? time(at) : NOWHERE;
    }

    /** The shelf of a pane; {@link #NOWHERE} when there is no such pane or it is not stored. */
    long shelf(long time) {
        int found = find(time);
        return found < 0 ? NOWHERE : shelf(found);
    }

    /** The shelf of a pane that is in the index; one on none yet is noted to be on the one given. */
    long shelfOr(long time, long shelf) {
        int at = find(time);
        if (shelf(at) == NOWHERE) {
            panes[at * STRIDE + SHELF] = shelf;
        }
        return shelf(at);
    }

    /** Requests in the panes from one time to another, both inclusive. */
    long requests(long from, long to) {
        long sum = 0;
        for (int at = size - 1; at >= 0 && time(at) >= from; at--) {
            if (time(at) <= to) {
                sum += requests(at);
            }
        }
        return sum;
    }

    /**
     * Forgets all panes before a time.
     *
     * @return whether there were any
     */
    boolean dropBefore(long time) {
        int found = find(time);
        int gone = found < 0 ? -found - 1 : found;
        if (gone > 0) {
            size -= gone;
            System.arraycopy(panes, gone * STRIDE, panes, 0, size * STRIDE);
        }
        return gone > 0;
    }

    /** Forgets the last pane; returns its requests. */
    long dropLast() {
        return requests(--size);
    }

    /**
     * Forgets the panes on shelves before a time; those on no shelf stay.
     *
     * @return whether there were any
     */
    boolean dropShelvesBefore(long shelf) {
        int kept = 0;
        for (int at = 0; at < size; at++) {
            if (shelf(at) == NOWHERE || shelf(at) >= shelf) {
                System.arraycopy(panes, at * STRIDE, panes, kept * STRIDE, STRIDE);
                kept++;
            }
        }
        boolean any = kept < size;
        size = kept;
        return any;
    }

    /** Number of panes, then for each the gap to the one before, its requests, and 0 or 1 and its shelf less its time. */
    void write(StateWriter out) {
        out.writeUnsigned(size);
        long before = 0;
        for (int at = 0; at < size; at++) {
            out.writeSigned(time(at) - before);
            out.writeUnsigned(requests(at));
            out.writeByte(shelf(at) == NOWHERE ? 0 : 1);
            if (shelf(at) != NOWHERE) {
                out.writeSigned(shelf(at) - time(at));
            }
            before = time(at);
        }
    }

    static PaneIndex read(StateReader in) {
        PaneIndex index = new PaneIndex();
        index.size = in.readCount(MOST);
        index.panes = index.size == 0 ? NOTHING : new long[index.size * STRIDE];
        long time = 0;
        for (int at = 0; at < index.size; at++) {
            long gap = in.readSigned();
            if (at > 0 && gap <= 0) {
                throw new CorruptStateException("the panes of an account are not in the order of time");
            }
            time += gap;
            index.panes[at * STRIDE] = time;
            index.panes[at * STRIDE + REQUESTS] = in.readUnsigned();
            index.panes[at * STRIDE + SHELF] = in.readByte() == 0 ? NOWHERE : time + in.readSigned();
        }
        return index;
    }

    long approximateBytes() {
        return 24 + 16 + 8L * panes.length;
    }
}

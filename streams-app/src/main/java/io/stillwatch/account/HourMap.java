package io.stillwatch.account;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A few values by hour, ascending: what an account has in memory of its last hours. A map of boxed hours would cost more
 * than all else that an event does to it.
 */
public final class HourMap<V> {
    private static final long[] NO_HOURS = {};
    private static final @Nullable Object[] NO_VALUES = {};

    /** There are many maps, most of them empty most of the time. */
    private long[] hours = NO_HOURS;

    private @Nullable Object[] values = NO_VALUES;
    private int size;

    /** What an entry is given to. */
    @FunctionalInterface
    interface Visitor<V> {
        void visit(long hour, V value);
    }

    /** The value of an hour, or null. */
    @Nullable
    V get(long hour) {
        for (int at = size - 1; at >= 0; at--) {
            if (hours[at] == hour) {
                return value(at);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // only values of V are put in
    private V value(int at) {
        return (V) values[at];
    }

    void put(long hour, V value) {
        int at = size;
        while (at > 0 && hours[at - 1] >= hour) {
            at--;
        }
        if (at < size && hours[at] == hour) {
            values[at] = value;
            return;
        }
        if (size == hours.length) {
            hours = Arrays.copyOf(hours, size == 0 ? 1 : size * 2);
            values = Arrays.copyOf(values, hours.length);
        }
        System.arraycopy(hours, at, hours, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        hours[at] = hour;
        values[at] = value;
        size++;
    }

    int size() {
        return size;
    }

    long firstHour() {
        return hours[0];
    }

    long lastHour() {
        return hours[size - 1];
    }

    V removeFirst() {
        V first = value(0);
        removeAt(0);
        return first;
    }

    V removeLast() {
        V last = value(size - 1);
        removeAt(size - 1);
        return last;
    }

    void removeIf(LongPredicate unwanted) {
        for (int at = size - 1; at >= 0; at--) {
            if (unwanted.test(hours[at])) {
                removeAt(at);
            }
        }
    }

    private void removeAt(int at) {
        size--;
        System.arraycopy(hours, at + 1, hours, at, size - at);
        System.arraycopy(values, at + 1, values, at, size - at);
        values[size] = null;
    }

    void clear() {
        hours = NO_HOURS;
        values = NO_VALUES;
        size = 0;
    }

    void forEach(Visitor<V> visitor) {
        for (int at = 0; at < size; at++) {
            visitor.visit(hours[at], value(at));
        }
    }
}

package io.stillwatch.baseline;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The levels ({@link DayTraits}) of an account's days, of about the last month: all that evidence is made of. A day is
 * added once, when it is over; which day came first makes no difference. Mutable and not thread-safe.
 */
public final class DayLevels {
    /** Days kept. */
    public static final int MOST_DAYS = 31;

    private static final NavigableMap<Long, Integer> NONE = Collections.emptyNavigableMap();

    /** Most accounts have no day that is over. */
    private NavigableMap<Long, Integer> levels = NONE;

    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /**
     * Adds a day.
     *
     * @param day days since 1970
     * @param level 0 to {@value DayTraits#LEVELS} less 1
     */
    public void add(long day, int level) {
        put(day, level);
        while (levels.firstKey() <= levels.lastKey() - MOST_DAYS || levels.size() > MOST_DAYS) {
            levels.pollFirstEntry();
        }
    }

    private void put(long day, int level) {
        if (levels.isEmpty()) {
            levels = new TreeMap<>();
        }
        levels.put(day, level);
    }

    /**
     * How many days had which level.
     *
     * @param from first day, inclusive
     * @param before last day, exclusive
     */
    public int[] counts(long from, long before) {
        int[] counts = new int[DayTraits.LEVELS];
        if (from < before) {
            levels.subMap(from, true, before, false).values().forEach(level -> counts[level]++);
        }
        return counts;
    }

    /** Number of days, then for each the days since the one before and its level. */
    public void write(StateWriter out) {
        out.writeUnsigned(levels.size());
        long before = 0;
        for (Map.Entry<Long, Integer> day : levels.entrySet()) {
            out.writeSigned(day.getKey() - before);
            out.writeByte(day.getValue());
            before = day.getKey();
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    public static DayLevels read(StateReader in) {
        DayLevels read = new DayLevels();
        int days = in.readCount(MOST_DAYS);
        long day = 0;
        for (int at = 0; at < days; at++) {
            day += in.readSigned();
            int level = in.readByte();
            if (level >= DayTraits.LEVELS) {
                throw new CorruptStateException("a day has the level " + level + " of " + (DayTraits.LEVELS - 1));
            }
            read.put(day, level);
        }
        return read;
    }

    /** An estimate of the heap taken, in bytes. */
    public long approximateBytes() {
        return 64 + 72L * levels.size();
    }
}

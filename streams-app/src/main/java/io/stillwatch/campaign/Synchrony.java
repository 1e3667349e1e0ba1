package io.stillwatch.campaign;

import io.stillwatch.profile.sketch.ActiveMinutes;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the accounts of a group act together in time, more than what explains it in people: the hour, and what they do at
 * the same minute of every hour.
 *
 * <p>Three ways to deal out one queue leave three marks. Rounds: all are active in the same minutes, then none is
 * (lockstep). Turns: between two requests of one, every other has one. Using up: one stops, and in that minute the next
 * begins (a handover). It is told from the minutes in which accounts were active alone, which their profiles hold anyway.
 *
 * <p>The outcome does not depend on the order in which members come but for ties. Of a large group only some are
 * compared, so it is bounded: {@value #MOST_MEMBERS} members for minutes, {@value #MOST_IN_PAIRS} for turns. Mutable and
 * not thread-safe.
 */
final class Synchrony {
    private static final int MOST_MEMBERS = 2_000;
    private static final int MOST_IN_PAIRS = 64;
    private static final int HOUR_MINUTES = 60;
    private static final long MINUTE_MS = 60_000;
    private static final double ONE_SIDED = 1.645;

    /** An outage makes everybody retry in the same minute: hours as rare as this one in so many tell nothing. */
    private static final int LEFT_OUT = 5;

    private static final int LEAST_LEFT_OUT = 2;

    /** How far, in minutes, beginnings are moved to tell how many would meet an end by chance. */
    private static final int[] MOVED = {-41, -31, -23, -17, -11, -7, 7, 11, 17, 23, 31, 41};

    private final List<Active> members = new ArrayList<>();

    /** When a member was active. */
    private static final class Active {
        /** Its very first minute since 1970. */
        private final long begins;

        /** Since 1970, ascending. */
        private final long[] hours;

        /** A bit for each minute of those hours. */
        private final long[] minutes;

        private Active(long begins, ActiveMinutes active) {
            this.begins = begins;
            this.hours = new long[active.hours()];
            this.minutes = new long[hours.length];
            active.copyTo(hours, minutes);
        }

        private long begins() {
            return begins;
        }

        private long ends() {
            int last = hours.length - 1;
            return hours[last] * HOUR_MINUTES + Long.SIZE - 1 - Long.numberOfLeadingZeros(minutes[last]);
        }

        private LongArrayList all() {
            LongArrayList all = new LongArrayList();
            for (int at = 0; at < hours.length; at++) {
                for (long rest = minutes[at]; rest != 0; rest &= rest - 1) {
                    all.add(hours[at] * HOUR_MINUTES + Long.numberOfTrailingZeros(rest));
                }
            }
            return all;
        }
    }

    /**
     * What was found.
     *
     * @param lockstep how many times as often as by chance two members were active in the same minute, at least, with 95 %
     *     confidence, without the hours in which that was most so; NaN where they never shared an hour
     * @param together hours in which at least two were active and more met in a minute than chance has it
     * @param hours in which at least two were active
     * @param turns how many times as often as by chance a request of one is followed by one of the other, in pairs; NaN where
     *     no two were about at the same time
     * @param handovers members that began in the minute in which another stopped, or the next, beyond chance
     */
    record Found(double lockstep, int together, int hours, double turns, double handovers) {}

    /**
     * Takes in a member.
     *
     * @param firstMs its first request, milliseconds since 1970
     */
    void add(ActiveMinutes active, long firstMs) {
        if (active.hours() > 0) {
            members.add(new Active(Math.floorDiv(firstMs, MINUTE_MS), active));
        }
    }

    Found count() {
        List<Active> some = spread(members, MOST_MEMBERS);
        List<Hour> hours = hours(some);
        double chance = chance(hours);
        int together = 0;
        for (Hour hour : hours) {
            together += hour.met > hour.pairs * chance + ONE_SIDED * Math.sqrt(hour.pairs * chance) ? 1 : 0;
        }
        return new Found(
                lockstep(hours, chance),
                together,
                hours.size(),
                turns(spread(members, MOST_IN_PAIRS)),
                handovers(some));
    }

    private static List<Active> spread(List<Active> members, int most) {
        if (members.size() <= most) {
            return members;
        }
        List<Active> some = new ArrayList<>();
        for (int at = 0; at < most; at++) {
            some.add(members.get((int) ((long) at * members.size() / most)));
        }
        return some;
    }

    /** An hour in which at least two members were active. */
    private static final class Hour {
        /** Members that were active, by minute. */
        private final int[] active = new int[HOUR_MINUTES];

        private int members;
        private long minutes;
        private long squares;

        /** Pairs of active minutes, one of each of two members. */
        private double pairs;

        /** Of them, those in which both are the same. */
        private double met;

        private void add(long bits) {
            long count = Long.bitCount(bits);
            members++;
            minutes += count;
            squares += count * count;
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                active[Long.numberOfTrailingZeros(rest)]++;
            }
        }

        private void settle() {
            pairs = ((double) minutes * minutes - squares) / 2;
            met = 0;
            for (int in : active) {
                met += in * (in - 1.0) / 2;
            }
        }

        private double excess(double chance) {
            return met - pairs * chance;
        }
    }

    private static List<Hour> hours(List<Active> members) {
        Long2ObjectOpenHashMap<Hour> byHour = new Long2ObjectOpenHashMap<>();
        for (Active member : members) {
            for (int at = 0; at < member.hours.length; at++) {
                byHour.computeIfAbsent(member.hours[at], unused -> new Hour()).add(member.minutes[at]);
            }
        }
        long[] times = byHour.keySet().toLongArray();
        Arrays.sort(times);
        List<Hour> hours = new ArrayList<>();
        for (long time : times) {
            Hour hour = byHour.get(time);
            if (hour.members > 1) {
                hour.settle();
                hours.add(hour);
            }
        }
        return hours;
    }

    /**
     * The probability that two active minutes of one hour are the same: that of two of different hours, so what is done at
     * the same minute of every hour (a timer) is explained, and no less than one in sixty.
     */
    private static double chance(List<Hour> hours) {
        double[] sums = new double[HOUR_MINUTES];
        double met = 0;
        double all = 0;
        double pairs = 0;
        for (Hour hour : hours) {
            for (int minute = 0; minute < HOUR_MINUTES; minute++) {
                sums[minute] += hour.active[minute];
                met -= (double) hour.active[minute] * hour.active[minute];
            }
            all += hour.minutes;
            pairs -= (double) hour.minutes * hour.minutes;
        }
        for (double sum : sums) {
            met += sum * sum;
        }
        pairs += all * all;
        return Math.max(1.0 / HOUR_MINUTES, pairs > 0 ? met / pairs : 0);
    }

    private static double lockstep(List<Hour> hours, double chance) {
        int out = Math.max(LEAST_LEFT_OUT, hours.size() / LEFT_OUT);
        List<Hour> rest = hours.stream()
                .sorted(Comparator.comparingDouble(hour -> -hour.excess(chance)))
                .skip(out)
                .toList();
        double met = 0;
        double expected = 0;
        double minutes = 0;
        double members = 0;
        for (Hour hour : rest) {
            met += hour.met;
            expected += hour.pairs * chance;
            minutes += hour.minutes;
            members += hour.members;
        }
        // Minutes of one sitting come together, so they are one draw.
        double sitting = minutes / members;
        return expected == 0 ? Double.NaN : Math.max(0, met - ONE_SIDED * Math.sqrt(met * sitting)) / expected;
    }

    /** Runs of two samples (Wald and Wolfowitz 1940), over all pairs, while both were about. */
    private static double turns(List<Active> members) {
        List<LongArrayList> minutes = members.stream().map(Active::all).toList();
        double switches = 0;
        double expected = 0;
        for (int one = 0; one < minutes.size(); one++) {
            for (int other = one + 1; other < minutes.size(); other++) {
                Turns turns = Turns.of(minutes.get(one), minutes.get(other));
                switches += turns.switches();
                expected += turns.expected();
            }
        }
        return expected == 0 ? Double.NaN : switches / expected;
    }

    /**
     * How often two accounts took turns.
     *
     * @param expected by chance
     */
    private record Turns(double switches, double expected) {
        private static Turns of(LongArrayList one, LongArrayList other) {
            long from = Math.max(one.getLong(0), other.getLong(0));
            long to = Math.min(one.getLong(one.size() - 1), other.getLong(other.size() - 1));
            int ofOne = 0;
            int ofOther = 0;
            int switches = 0;
            int before = 0;
            int at = 0;
            int next = 0;
            while (at < one.size() || next < other.size()) {
                long mine = at < one.size() ? one.getLong(at) : Long.MAX_VALUE;
                long theirs = next < other.size() ? other.getLong(next) : Long.MAX_VALUE;
                at += mine <= theirs ? 1 : 0;
                next += theirs <= mine ? 1 : 0;
                long minute = Math.min(mine, theirs);
                // Who was first of two in the same minute is not known.
                if (mine != theirs && minute >= from && minute <= to) {
                    int who = mine < theirs ? 1 : 2;
                    ofOne += who == 1 ? 1 : 0;
                    ofOther += who == 2 ? 1 : 0;
                    switches += before != 0 && before != who ? 1 : 0;
                    before = who;
                }
            }
            return ofOne == 0 || ofOther == 0
                    ? new Turns(0, 0)
                    : new Turns(switches, 2.0 * ofOne * ofOther / (ofOne + ofOther));
        }
    }

    private static double handovers(List<Active> members) {
        double moved = 0;
        for (int by : MOVED) {
            moved += (double) handovers(members, by) / MOVED.length;
        }
        return Math.max(0, handovers(members, 0) - moved - ONE_SIDED * Math.sqrt(moved));
    }

    /** Members whose beginning, moved by some minutes, meets the end of one that began before; each end counts once. */
    private static int handovers(List<Active> members, int movedBy) {
        Long2ObjectOpenHashMap<List<Active>> ending = new Long2ObjectOpenHashMap<>();
        for (Active member : members) {
            ending.computeIfAbsent(member.ends(), unused -> new ArrayList<>()).add(member);
        }
        ending.values().forEach(ends -> ends.sort(Comparator.comparingLong(Active::begins)));
        List<Active> byBeginning = members.stream()
                .sorted(Comparator.comparingLong(Active::begins).thenComparingLong(Active::ends))
                .toList();
        int met = 0;
        for (Active member : byBeginning) {
            long begins = member.begins + movedBy;
            met += taken(ending.get(begins), member, begins) || taken(ending.get(begins - 1), member, begins) ? 1 : 0;
        }
        return met;
    }

    /** Takes away the first end of those that the member can have followed. */
    private static boolean taken(@Nullable List<Active> ends, Active member, long begins) {
        for (int at = 0; ends != null && at < ends.size(); at++) {
            Active before = ends.get(at);
            if (before.begins < begins && before.begins < member.begins && before.ends() < member.ends()) {
                ends.remove(at);
                return true;
            }
        }
        return false;
    }
}

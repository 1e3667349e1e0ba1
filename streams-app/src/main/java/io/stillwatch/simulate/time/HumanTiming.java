package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * Sittings of a person. A person has favourite hours and favourite days; within a sitting one session follows the other
 * after a pause, so a heavy user has many sittings or long ones, but sleeps.
 *
 * @param zoneHours hours ahead of UTC
 * @param sessionsPerSitting mean number of sessions in a sitting
 * @param working keeps office hours and free weekends
 */
record HumanTiming(double zoneHours, double sessionsPerSitting, boolean working) implements Timing {
    private static final long DAY_MS = 86_400_000L;
    private static final double HOUR_MS = 3_600_000.0;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        int count = lengthsMs.length;
        int sittings = Math.max(1, (int) Math.round(count / (sessionsPerSitting * chance.between(0.6, 1.6))));
        double favouriteHour = working ? chance.between(9.5, 14.5) : chance.between(11.0, 21.5);
        double spread = working ? 2.6 : chance.between(2.0, 4.5);
        double weekend = working ? 0.06 : chance.between(0.6, 1.6);
        long[] starts = new long[sittings];
        for (int i = 0; i < sittings; i++) {
            starts[i] = sitting(chance, fromMs, spanMs, favouriteHour, spread, weekend);
        }
        Arrays.sort(starts);
        return fill(chance, starts, fromMs, spanMs, lengthsMs);
    }

    private long sitting(Chance chance, long fromMs, long spanMs, double favouriteHour, double spread, double weekend) {
        for (int attempt = 0; attempt < 40; attempt++) {
            long at = fromMs + (long) (chance.unit() * spanMs);
            double local = at + zoneHours * HOUR_MS;
            long day = (long) StrictMath.floor(local / DAY_MS);
            boolean weekendDay = Math.floorMod(day + 3, 7L) >= 5;
            double likely = weekendDay ? Math.min(1, weekend) : Math.min(1, 1 / weekend);
            if (!chance.is(likely)) {
                continue;
            }
            double hour = favouriteHour + spread * chance.gaussian();
            if (hour < (working ? 6.5 : 6) || hour > (working ? 20 : 25.5)) {
                continue;
            }
            long moved = (long) (day * (double) DAY_MS + hour * HOUR_MS - zoneHours * HOUR_MS);
            if (moved >= fromMs && moved < fromMs + spanMs) {
                return moved;
            }
        }
        return fromMs + (long) (chance.unit() * spanMs);
    }

    private static long[] fill(Chance chance, long[] starts, long fromMs, long spanMs, long[] lengthsMs) {
        int count = lengthsMs.length;
        long[] begins = new long[count];
        int next = 0;
        for (int s = 0; s < starts.length; s++) {
            int left = count - next;
            int sittingsLeft = starts.length - s;
            int here = s == starts.length - 1
                    ? left
                    : Math.min(left, (int) Math.round(chance.exponential((double) left / sittingsLeft)));
            long at = starts[s];
            for (int i = 0; i < here; i++) {
                begins[next] = Math.min(fromMs + spanMs - 1, at);
                at += lengthsMs[next] + (long) chance.logNormal(11.4, 1.1);
                next++;
            }
        }
        return begins;
    }
}

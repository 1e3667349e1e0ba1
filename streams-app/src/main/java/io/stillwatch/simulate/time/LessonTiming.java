package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sessions in the lessons of a class, most of them in the same minutes.
 *
 * @param seed of the timetable: one lesson on most school days, at the same hour on the same weekday
 * @param zoneHours hours ahead of UTC
 */
record LessonTiming(long seed, double zoneHours) implements Timing {
    private static final double DAY_MS = 86_400_000.0;
    private static final double HOUR_MS = 3_600_000.0;
    private static final double LESSON_MS = 40 * 60_000.0;
    private static final int SCHOOL_DAYS = 5;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long[] lessons = lessons(fromMs, spanMs);
        long[] begins = new long[lengthsMs.length];
        for (int i = 0; i < begins.length; i++) {
            long lesson = lessons[chance.below(lessons.length)];
            // Everybody starts when the teacher says so; some are quick, some dawdle.
            double after = Math.min(LESSON_MS, chance.exponential(LESSON_MS / 3));
            begins[i] = Math.min(fromMs + spanMs - 1, lesson + (long) after);
        }
        Arrays.sort(begins);
        return begins;
    }

    /** Begins of the lessons within the time; the middle of the time where there are none. */
    private long[] lessons(long fromMs, long spanMs) {
        List<Long> lessons = new ArrayList<>();
        long firstDay = (long) StrictMath.floor((fromMs + zoneHours * HOUR_MS) / DAY_MS);
        for (long day = firstDay; day * DAY_MS - zoneHours * HOUR_MS < fromMs + spanMs; day++) {
            int weekday = (int) Math.floorMod(day + 3, 7L);
            Chance timetable = new Chance(Chance.seed(seed, weekday));
            if (weekday < SCHOOL_DAYS && timetable.is(0.7)) {
                double hour = 8 + timetable.below(7) + 0.25 * timetable.below(4);
                long at = (long) (day * DAY_MS - zoneHours * HOUR_MS + hour * HOUR_MS);
                if (at >= fromMs && at < fromMs + spanMs) {
                    lessons.add(at);
                }
            }
        }
        return lessons.isEmpty()
                ? new long[] {fromMs + spanMs / 2}
                : lessons.stream().mapToLong(Long::longValue).toArray();
    }
}

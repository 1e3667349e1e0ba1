package io.stillwatch.simulate.time;

/** How a program's rate follows the local hour and the day of the week. */
enum DayShape {
    FLAT,
    WAKING;

    private static final double[] HOURS = {
        .28, .18, .13, .11, .12, .18, .35, .6, .85, 1.05, 1.15, 1.2, 1.15, 1.15, 1.2, 1.2, 1.15, 1.1, 1.1, 1.15, 1.15,
        1.0, .75, .48
    };
    private static final double[] DAYS = {1.08, 1.1, 1.08, 1.05, 1, .78, .75};
    private static final long HOUR_MS = 3_600_000L;

    /** Relative rate at the time given, for a clock that many hours ahead of UTC; about 1 on average. */
    double rate(long timeMs, double zoneHours) {
        if (this == FLAT) {
            return 1;
        }
        long local = Math.floorDiv(timeMs, HOUR_MS) + Math.round(zoneHours);
        int day = (int) Math.floorMod(Math.floorDiv(local, 24L) + 3, 7L);
        return HOURS[(int) Math.floorMod(local, 24L)] * DAYS[day];
    }
}

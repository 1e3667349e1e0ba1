package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/**
 * Renewals with gamma gaps, stretched so that the rate follows the shape of the day.
 *
 * @param shape of the day
 * @param zoneHours hours ahead of UTC
 * @param variation coefficient of variation of the gaps, above 0; 1 is a Poisson process, 2 is usual for API clients
 */
record BurstyTiming(DayShape shape, double zoneHours, double variation) implements Timing {
    private static final long STEP_MS = 3_600_000L;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        int count = lengthsMs.length;
        double gammaShape = 1 / (variation * variation);
        double[] position = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += chance.gamma(gammaShape);
            position[i] = total;
        }
        total += chance.gamma(gammaShape);
        if (total <= 0) {
            total = 1;
        }
        int steps = (int) ((spanMs + STEP_MS - 1) / STEP_MS);
        double[] weight = new double[steps];
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            long length = Math.min(STEP_MS, spanMs - i * STEP_MS);
            weight[i] = shape.rate(fromMs + i * STEP_MS, zoneHours) * length;
            sum += weight[i];
        }
        long[] begins = new long[count];
        int step = 0;
        double before = 0;
        for (int i = 0; i < count; i++) {
            double target = position[i] / total * sum;
            while (step < steps - 1 && before + weight[step] < target) {
                before += weight[step];
                step++;
            }
            double inStep = Math.min(1, (target - before) / weight[step]);
            long at = step * STEP_MS + (long) (inStep * Math.min(STEP_MS, spanMs - step * STEP_MS));
            begins[i] = fromMs + Math.min(spanMs - 1, at);
        }
        return begins;
    }
}

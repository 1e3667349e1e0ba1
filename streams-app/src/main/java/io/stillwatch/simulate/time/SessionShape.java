package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/**
 * How many requests a session has and how far apart they are.
 *
 * @param least requests, at least 1
 * @param most requests, at least {@code least}
 * @param goesOn probability of one more request after each, 0 to 1
 * @param gapMu mean of the logarithm of the gap in milliseconds
 * @param gapSigma its standard deviation
 */
public record SessionShape(int least, int most, double goesOn, double gapMu, double gapSigma) {
    /** One request and no more. */
    public static SessionShape single() {
        return new SessionShape(1, 1, 0, 0, 0);
    }

    /** A conversation with that many requests on average, and the median seconds between them. */
    public static SessionShape conversation(double mean, int most, double gapSeconds) {
        return new SessionShape(1, most, 1 - 1 / mean, StrictMath.log(gapSeconds * 1000), 0.8);
    }

    /** Between least and most requests, all lengths alike, with the median seconds between them. */
    public static SessionShape between(int least, int most, double gapSeconds) {
        return new SessionShape(least, most, 1, StrictMath.log(gapSeconds * 1000), 0.5);
    }

    /** Requests of a session on average. */
    public double meanTurns() {
        if (goesOn >= 1) {
            return (least + most) / 2.0;
        }
        return least + goesOn * (1 - StrictMath.pow(goesOn, most - least)) / (1 - goesOn);
    }

    public int turns(Chance chance) {
        if (goesOn >= 1) {
            return chance.between(least, most);
        }
        int turns = least;
        while (turns < most && chance.is(goesOn)) {
            turns++;
        }
        return turns;
    }

    public long gapMs(Chance chance) {
        return Math.max(1, (long) chance.logNormal(gapMu, gapSigma));
    }
}

package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/**
 * When an account's sessions begin.
 *
 * <p>What the shapes rest on: real API clients arrive in bursts (inter-arrival coefficient of variation 1.9 to 2.5 in
 * the median, none below 0.7) and 15 to 30 % of them are flat around the clock (alibaba/ServeGen); people come in
 * sittings within their waking hours.
 */
public sealed interface Timing
        permits HumanTiming,
                BurstyTiming,
                BatchTiming,
                SlowTiming,
                PartlyTiming,
                EveryDaysTiming,
                WithinTiming,
                LessonTiming,
                OnTheHourTiming,
                OutageTiming {

    /**
     * Draws the beginnings.
     *
     * @param chance what to draw with
     * @param fromMs begin of the account's time, milliseconds since 1970 UTC
     * @param spanMs length of the account's time, at least one minute
     * @param lengthsMs how long each session lasts, in the order in which they begin; one entry a session
     * @return one begin a session, each in [fromMs, fromMs + spanMs)
     */
    long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs);

    /** People: sittings in waking hours of their time zone, one session after the other. */
    static Timing human(double zoneHours) {
        return new HumanTiming(zoneHours, 5, false);
    }

    /** People at work: as {@link #human} but in office hours of working days, with longer sittings. */
    static Timing office(double zoneHours) {
        return new HumanTiming(zoneHours, 9, true);
    }

    /** A program that serves people: bursts that follow the hour of the day. */
    static Timing service(double zoneHours, double variation) {
        return new BurstyTiming(DayShape.WAKING, zoneHours, variation);
    }

    /** A program that runs round the clock. */
    static Timing flat(double variation) {
        return new BurstyTiming(DayShape.FLAT, 0, variation);
    }

    /** Jobs that run through in one go, {@code perDay} of them a day. */
    static Timing batch(double perDay, double meanGapMs) {
        return new BatchTiming(perDay, meanGapMs);
    }

    /** Spread evenly and thinly over the whole time. */
    static Timing slow() {
        return new SlowTiming();
    }

    /** A share of the sessions at the times of {@code other}, 0 to 1. */
    static Timing partly(Timing other, double share, Timing base) {
        return new PartlyTiming(other, share, base);
    }

    /** The days of {@code base}, one in {@code days} calendar days; at least 1. */
    static Timing everyDays(Timing base, int days) {
        return new EveryDaysTiming(base, days);
    }

    /** The times of {@code base} within a part of the time: so many milliseconds after its begin, and so long. */
    static Timing within(Timing base, long offsetMs, long lengthMs) {
        return new WithinTiming(base, offsetMs, lengthMs);
    }

    /** The lessons of a class: the same seed gives everybody the same lessons. */
    static Timing lessons(long seed, double zoneHours) {
        return new LessonTiming(seed, zoneHours);
    }

    /** The hours of {@code base}, on the hour: a timer starts it. */
    static Timing onTheHour(Timing base) {
        return new OnTheHourTiming(base);
    }

    /** The times of {@code base} through outages, the same ones for the same seed. */
    static Timing throughOutages(Timing base, long seed) {
        return new OutageTiming(base, seed);
    }

    /** The names that plans use. */
    static Timing named(String name, double zoneHours) {
        return switch (name) {
            case "human" -> human(zoneHours);
            case "office" -> office(zoneHours);
            case "service" -> service(zoneHours, 2);
            case "bursty" -> flat(2);
            case "flat" -> flat(1);
            case "batch" -> batch(1, 1500);
            case "slow" -> slow();
            default -> throw new IllegalArgumentException("There is no timing named " + name + ".");
        };
    }
}

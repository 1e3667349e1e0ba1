package io.stillwatch.bench.throughput;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Median, least and most events a second of each topology, and the ratios that there are aims for. */
final class ResultTable {
    private final List<Measurement> measurements;

    ResultTable(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    void print(List<Contender> contenders) {
        System.out.printf(
                Locale.ROOT, "%-20s %10s %19s %12s  %s%n", "topology", "events/s", "least to most", "events", "");
        for (Contender contender : contenders) {
            double[] rates = rates(contender.name());
            long events = measurements.stream()
                    .filter(one -> one.contender().equals(contender.name()))
                    .mapToLong(Measurement::events)
                    .max()
                    .orElse(0);
            boolean whole = measurements.stream()
                    .filter(one -> one.contender().equals(contender.name()))
                    .allMatch(Measurement::whole);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %,10.0f %,9.0f %,9.0f %,12d  %s%n",
                    contender.name(),
                    median(rates),
                    rates[0],
                    rates[rates.length - 1],
                    events,
                    whole ? "all" : "as many as fitted into the time limit");
        }
        System.out.println();
        System.out.println(contenders.stream()
                .map(contender -> contender.name() + ": " + contender.does() + ".")
                .collect(Collectors.joining(System.lineSeparator())));
    }

    /** Prints how one topology stands to another, if both were measured, beside the aim. */
    void printRatio(Contender of, Contender to, double aim) {
        if (rates(of.name()).length == 0 || rates(to.name()).length == 0) {
            return;
        }
        double ratio = median(rates(of.name())) / median(rates(to.name()));
        System.out.printf(
                Locale.ROOT,
                "%s is %.2f times %s; aim: at least %.1f, %s%n",
                of.name(),
                ratio,
                to.name(),
                aim,
                ratio >= aim ? "reached" : "missed");
    }

    private double[] rates(String contender) {
        return measurements.stream()
                .filter(one -> one.contender().equals(contender))
                .mapToDouble(Measurement::eventsPerSecond)
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

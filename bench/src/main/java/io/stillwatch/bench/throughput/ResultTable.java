package io.stillwatch.bench.throughput;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Median, least and most events a second of each topology, and the ratios that there are aims for. */
final class ResultTable {
    private final List<Measurement> measurements;

    ResultTable(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    void print(List<Contender> contenders) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %10s %19s %10s %11s%n",
                "topology",
                "events/s",
                "least to most",
                "CPU us/ev.",
                "events");
        for (Contender contender : contenders) {
            double[] rates = sorted(contender.name(), Measurement::eventsPerSecond);
            List<Measurement> runs = of(contender.name());
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %,10.0f %,9.0f %,9.0f %10.1f %,11d  %s%n",
                    contender.name(),
                    median(rates),
                    rates[0],
                    rates[rates.length - 1],
                    median(sorted(contender.name(), Measurement::cpuMicrosPerEvent)),
                    runs.stream().mapToLong(Measurement::events).max().orElse(0),
                    runs.stream().allMatch(Measurement::whole) ? "all" : "as many as fitted into the time limit");
        }
        System.out.println();
        System.out.println(contenders.stream()
                .map(contender -> contender.name() + ": " + contender.does() + ".")
                .collect(Collectors.joining(System.lineSeparator())));
    }

    /** Prints where each topology's processor time went. */
    void printParts(List<Contender> contenders) {
        System.out.println("processor time, us/event");
        System.out.printf(
                "%-28s %s%n",
                "",
                Arrays.stream(Part.values())
                        .map(part -> String.format("%21s", part))
                        .collect(Collectors.joining()));
        for (Contender contender : contenders) {
            System.out.printf(
                    "%-28s %s%n",
                    contender.name(),
                    Arrays.stream(Part.values())
                            .map(part -> String.format(
                                    Locale.ROOT,
                                    "%21.1f",
                                    median(sorted(contender.name(), one -> one.cpuMicrosPerEvent(part)))))
                            .collect(Collectors.joining()));
        }
        System.out.println();
    }

    /** Prints how one topology stands to another, if both were measured, beside the aim. */
    void printRatio(Contender of, Contender to, double aim) {
        if (of(of.name()).isEmpty() || of(to.name()).isEmpty()) {
            return;
        }
        double ratio = median(sorted(of.name(), Measurement::eventsPerSecond))
                / median(sorted(to.name(), Measurement::eventsPerSecond));
        System.out.printf(
                Locale.ROOT,
                "%s is %.2f times %s; aim: at least %s, %s%n",
                of.name(),
                ratio,
                to.name(),
                BigDecimal.valueOf(aim).stripTrailingZeros().toPlainString(),
                ratio >= aim ? "reached" : "missed");
    }

    private List<Measurement> of(String contender) {
        return measurements.stream()
                .filter(one -> one.contender().equals(contender))
                .toList();
    }

    private double[] sorted(String contender, ToDoubleFunction<Measurement> figure) {
        return of(contender).stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The features of account-days by cohort: what quantiles are made of. Mutable and not thread-safe. */
public final class AccountDays {
    /** Requests of an account-day below which its features say too little. */
    public static final int LEAST_REQUESTS = 16;

    private final Map<Cohort, Map<String, List<Double>>> values = new HashMap<>();
    private long number;

    /** An account-day, as it was when it was looked at. */
    public static final class Day {
        private final Cohort cohort;
        private final Map<String, Double> features = new HashMap<>();

        /** Reads the day's features while they can be read. */
        public Day(Subject subject) {
            Profile profile = subject.profile();
            cohort = Cohort.of(profile);
            for (Feature feature : Features.all()) {
                double value = feature.of(subject);
                if (Double.isFinite(value)) {
                    features.put(feature.name(), value);
                }
            }
        }
    }

    /** Counts an account-day in. */
    public void add(Day day) {
        number++;
        Map<String, List<Double>> cohort = values.computeIfAbsent(day.cohort, none -> new HashMap<>());
        day.features.forEach((name, value) ->
                cohort.computeIfAbsent(name, none -> new ArrayList<>()).add(value));
    }

    /** How many there are. */
    public long number() {
        return number;
    }

    Map<Cohort, Map<String, QuantileTable>> tables() {
        Map<Cohort, Map<String, QuantileTable>> tables = new HashMap<>();
        values.forEach((cohort, features) -> {
            Map<String, QuantileTable> made = new HashMap<>();
            features.forEach((name, sample) -> {
                if (sample.size() >= QuantileTable.LEAST_VALUES) {
                    made.put(
                            name,
                            QuantileTable.of(sample.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray()));
                }
            });
            tables.put(cohort, made);
        });
        return tables;
    }
}

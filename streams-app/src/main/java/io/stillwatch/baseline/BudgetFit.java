package io.stillwatch.baseline;

import io.stillwatch.profile.feature.Bar;
import io.stillwatch.signature.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sets bars for an error budget. A cohort with enough account-weeks has bars of its own, so that no kind of customer bears
 * the alarms of all; the others are taken together, and where even they are few they take the bars of all.
 */
final class BudgetFit {
    /** Account-weeks below which a cohort says too little about one in a thousand. */
    static final int LEAST_WEEKS = 300;

    /** Fewer account-weeks than this cannot be told from none, however many accounts a budget is asked of. */
    private static final double LEAST_ALLOWED = 0.5;

    private static final Cohort LIGHT = new Cohort(Cohort.Volume.LIGHT, Cohort.Use.GENERAL);

    private final List<Strengths.Case> honest;
    private final List<Strengths.Case> harvests;
    private final Map<String, Severity> severities;
    private final Map<String, Integer> versions;
    private final ErrorBudget budget;
    private final Map<String, Bar.Measure> measures = new HashMap<>();
    private final Map<String, Map<Cohort, Double>> own = new TreeMap<>();
    private final Map<String, Double> others = new TreeMap<>();
    private final Set<Cohort> large;

    /** How severe signatures are, and their versions, is known by their ids. */
    BudgetFit(
            Collection<Strengths.Case> honest,
            Collection<Strengths.Case> harvests,
            Map<String, Severity> severities,
            Map<String, Integer> versions,
            ErrorBudget budget) {
        this.honest = List.copyOf(honest);
        this.harvests = List.copyOf(harvests);
        this.severities = severities;
        this.versions = versions;
        this.budget = budget;
        severities.keySet().forEach(id -> measures.put(id, measure(id)));
        large = Cohort.all().stream()
                .filter(cohort -> weeks(Set.of(cohort)) >= LEAST_WEEKS)
                .collect(Collectors.toSet());
    }

    static boolean isAboveLow(Severity severity) {
        return severity.compareTo(Severity.LOW) > 0;
    }

    /** What is known of a signature that is among those to be fitted. */
    static <T> T of(Map<String, T> bySignature, String id) {
        return Objects.requireNonNull(bySignature.get(id), id);
    }

    /** Cohorts that have bars of their own. */
    Set<Cohort> large() {
        return Set.copyOf(large);
    }

    /** Sets them. */
    Bars bars() {
        for (Cohort cohort : large) {
            search(Set.of(cohort))
                    .forEach((id, bar) ->
                            own.computeIfAbsent(id, none -> new HashMap<>()).put(cohort, bar));
        }
        Set<Cohort> rest = new HashSet<>(Cohort.all());
        rest.removeAll(large);
        others.putAll(search(weeks(rest) >= LEAST_WEEKS ? rest : Set.copyOf(Cohort.all())));
        SortedMap<String, Bars.OfSignature> bars = new TreeMap<>();
        for (String id : severities.keySet()) {
            Map<Cohort, Double> cohorts = own.getOrDefault(id, Map.of());
            double other = others.getOrDefault(id, 0.0);
            if (other > 0 || cohorts.values().stream().anyMatch(bar -> bar > 0)) {
                bars.put(id, new Bars.OfSignature(of(versions, id), of(measures, id), other, cohorts));
            }
        }
        return new Bars(Optional.of(budget), bars);
    }

    /** Those of a case; who asks so little that no day says anything is light and general. */
    static Set<Cohort> cohorts(Strengths.Case one) {
        return one.cohorts().isEmpty() ? Set.of(LIGHT) : one.cohorts();
    }

    private long weeks(Set<Cohort> of) {
        return honest.stream()
                .filter(one -> cohorts(one).stream().anyMatch(of::contains))
                .count();
    }

    private Map<String, Double> search(Set<Cohort> cohorts) {
        Map<String, Double> bars = new TreeMap<>();
        double weeks = weeks(cohorts);
        boolean[] found = new boolean[harvests.size()];
        bars.putAll(search(cohorts, true, Math.max(LEAST_ALLOWED, weeks * budget.aboveLow()), found));
        for (int at = 0; at < found.length; at++) {
            found[at] = isFound(harvests.get(at), cohorts, bars);
        }
        bars.putAll(search(cohorts, false, Math.max(LEAST_ALLOWED, weeks * budget.low()), found));
        return bars;
    }

    private Map<String, Double> search(Set<Cohort> cohorts, boolean aboveLow, double most, boolean[] found) {
        List<String> ids = severities.keySet().stream()
                .filter(id -> isAboveLow(of(severities, id)) == aboveLow)
                .sorted()
                .toList();
        List<Map<String, Double>> strengths =
                honest.stream().map(one -> strengths(one, cohorts, ids)).toList();
        List<BarSearch.Knob> knobs = new ArrayList<>();
        for (String id : ids) {
            List<Map<String, Double>> of =
                    strengths.stream().filter(one -> one.containsKey(id)).toList();
            knobs.add(new BarSearch.Knob(
                    of.stream().mapToDouble(one -> one.get(id)).toArray(),
                    of.stream().mapToDouble(one -> 1.0 / one.size()).toArray(),
                    harvests.stream()
                            .mapToDouble(
                                    one -> strengths(one, cohorts, List.of(id)).getOrDefault(id, Double.NaN))
                            .toArray()));
        }
        double[] bars = new BarSearch(knobs, found).search(most);
        Map<String, Double> byId = new TreeMap<>();
        for (int at = 0; at < bars.length; at++) {
            byId.put(ids.get(at), bars[at]);
        }
        return byId;
    }

    private boolean isFound(Strengths.Case harvest, Set<Cohort> cohorts, Map<String, Double> bars) {
        return strengths(harvest, cohorts, bars.keySet()).entrySet().stream()
                .anyMatch(held -> held.getValue() >= of(bars, held.getKey()));
    }

    /** By signature, how strongly it holds at most, by its measure. */
    private Map<String, Double> strengths(Strengths.Case one, Set<Cohort> cohorts, Collection<String> ids) {
        Map<String, Double> strengths = new HashMap<>();
        one.cells().forEach((cell, strength) -> {
            if (cohorts.contains(cell.cohort()) && ids.contains(cell.signature())) {
                strengths.merge(cell.signature(), strength.by(of(measures, cell.signature())), Math::max);
            }
        });
        return strengths;
    }

    /** The measure that sets harvests further apart from honest cases: by how often the harvest is the stronger of two. */
    private Bar.Measure measure(String id) {
        Map<Bar.Measure, Double> apart = new EnumMap<>(Bar.Measure.class);
        for (Bar.Measure measure : Bar.Measure.values()) {
            double[] innocent = values(honest, id, measure);
            double[] guilty = values(harvests, id, measure);
            double stronger = 0;
            for (double harvest : guilty) {
                for (double one : innocent) {
                    stronger += harvest > one ? 1 : harvest == one ? 0.5 : 0;
                }
            }
            apart.put(measure, innocent.length * guilty.length == 0 ? 0 : stronger / innocent.length / guilty.length);
        }
        return apart.getOrDefault(Bar.Measure.SCORE, 0.0) > apart.getOrDefault(Bar.Measure.MARGIN, 0.0)
                ? Bar.Measure.SCORE
                : Bar.Measure.MARGIN;
    }

    private static double[] values(List<Strengths.Case> cases, String id, Bar.Measure measure) {
        return cases.stream()
                .flatMapToDouble(one -> Arrays.stream(one.cells().entrySet().stream()
                        .filter(held -> held.getKey().signature().equals(id))
                        .mapToDouble(held -> held.getValue().by(measure))
                        .toArray()))
                .toArray();
    }
}

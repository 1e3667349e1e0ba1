package io.stillwatch.signature;

import io.stillwatch.profile.Part;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.FeatureUnit;
import io.stillwatch.profile.feature.WindowedProfiles;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What kept a signature from holding, as a finding would tell what made it hold: for people who improve signatures. */
final class NearMiss {
    private static final int MOST_VALUES = 5;

    private NearMiss() {}

    private record Place(Duration window, Views.View view, double margin) {}

    private record Miss(FeatureValue value, double margin) {}

    /** Where the signature comes nearest to holding; empty where there is nothing to look at. */
    static Optional<Finding> of(CompiledSignature compiled, Views views, WindowedProfiles windows) {
        List<Place> places = new ArrayList<>();
        for (Duration window : compiled.signature().windows()) {
            for (Part part : compiled.signature().parts()) {
                views.of(window, part)
                        .ifPresent(view -> places.add(new Place(
                                window,
                                view,
                                compiled.margin(
                                        view.values(), window, view.subject().comparisons()))));
            }
        }
        return places.stream()
                .max(Comparator.comparingDouble(Place::margin))
                .map(place -> finding(compiled, place, windows));
    }

    private static Finding finding(CompiledSignature compiled, Place place, WindowedProfiles windows) {
        Signature signature = compiled.signature();
        Finding finding = new Finding();
        finding.setSignatureId(signature.id());
        finding.setSignatureVersion(signature.version());
        finding.setTitle(signature.title());
        finding.setSeverity(signature.severity().id());
        finding.setScore(0.0);
        finding.setWindow(place.window().toString());
        finding.setStrand("");
        finding.setWindowStart(windows.startMs(place.window()));
        finding.setWindowEnd(windows.endMs());
        finding.setRequests(place.view().subject().profile().requests());
        finding.setOutputTokens(place.view().subject().profile().outputTokens());
        finding.setCompleteness(1.0);
        finding.setEvidence(missed(compiled, place));
        finding.setAtlas(List.of());
        finding.setOwasp(List.of());
        return finding;
    }

    private static List<FeatureValue> missed(CompiledSignature compiled, Place place) {
        List<Clause> clauses = new ArrayList<>(List.of(new Clause(
                "requests",
                Clause.Comparison.AT_LEAST,
                Math.max(1, compiled.signature().minimum(place.window())))));
        clauses.addAll(compiled.clauses());
        FeatureValues values = place.view().values();
        Set<String> named = new HashSet<>();
        List<Miss> misses = new ArrayList<>();
        for (Clause clause : clauses) {
            double value = values.get(clause.feature());
            if (!Double.isNaN(value) && !clause.holds(value) && named.add(clause.feature())) {
                misses.add(miss(clause, value, values));
            }
        }
        return misses.stream()
                .sorted(Comparator.comparingDouble(Miss::margin))
                .limit(MOST_VALUES)
                .map(Miss::value)
                .toList();
    }

    private static Miss miss(Clause clause, double value, FeatureValues values) {
        Feature feature = FeatureValues.feature(clause.feature());
        FeatureValue shown = new FeatureValue();
        shown.setName(clause.feature());
        shown.setValue(value);
        shown.setUnit(feature.unit().label());
        shown.setThreshold(clause.threshold());
        double quantile = values.get(Quantiles.PREFIX + clause.feature());
        shown.setQuantile(Double.isNaN(quantile) ? null : quantile);
        shown.setExplanation(values.words(clause.feature()).orElseGet(() -> FeatureText.clause(feature, value)));
        return new Miss(shown, clause.margin(value, feature.unit() == FeatureUnit.SHARE));
    }
}

package io.stillwatch.replay.report;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.Peers;
import io.stillwatch.baseline.Usual;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.util.List;
import java.util.Optional;

/** What is usual beside the values of an alert, by the baseline that these were compared with. */
public final class UsualValues {
    /** Nothing is known. */
    public static final UsualValues NONE = new UsualValues(Optional.empty());

    private final Optional<Baseline> baseline;

    private UsualValues(Optional<Baseline> baseline) {
        this.baseline = baseline;
    }

    /** By the first of these that the alert names; nothing where it names none of them. */
    public static UsualValues of(Alert alert, List<Baseline> baselines) {
        return new UsualValues(baselines.stream()
                .filter(one -> one.name().equals(alert.getBaseline()))
                .findFirst());
    }

    /** By this one, which the values were compared with. */
    public static UsualValues by(Optional<Baseline> baseline) {
        return new UsualValues(baseline);
    }

    /** Those that the account of a finding was compared with. */
    public Optional<Peers> peers(Finding finding) {
        return baseline.map(known -> Peers.of(
                known,
                finding.getRequests(),
                finding.getEvidence().stream()
                        .filter(feature -> feature.getQuantile() != null)
                        .map(feature -> new Peers.Ranked(feature.getName(), feature.getValue(), feature.getQuantile()))
                        .toList()));
    }

    /** What is usual of a feature of a finding; empty where that is not known. */
    public Optional<Usual> of(Finding finding, FeatureValue feature) {
        return feature.getQuantile() == null
                ? Optional.empty()
                : peers(finding).flatMap(peers -> peers.usual(feature.getName()));
    }
}

package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.DAYS;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;

import java.util.List;

/** What an account's days say together. */
final class EvidenceFeatures {
    private EvidenceFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(new Feature(
                "evidence",
                RATIO,
                "(-∞, ∞)",
                "Decimal logarithm of how many times better a harvest explains the levels of the account's days of the last"
                        + " month that are over than an honest account does; no value before the first.",
                "E-value (Vovk and Wang 2021) by a ratio of Dirichlet-multinomial likelihoods",
                "the days are 10^{} times as likely of a harvest",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE)));
        list.add(new Feature(
                "evidence_needed",
                RATIO,
                "(-∞, ∞)",
                "Evidence at which honest accounts are alerted on as often as the error budget allows: decimal logarithm of"
                        + " the accounts judged in a day over the false alerts allowed in a day.",
                "Markov's inequality for e-values, summed over accounts",
                "10^{} is needed for the error budget",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE_NEEDED)));
        list.add(new Feature(
                "evidence_days",
                DAYS,
                "[0, 30]",
                "Days that the evidence is made of: those of the last 30 with 8 requests or more.",
                DEFINITION,
                "{} days of evidence",
                subject -> subject.comparisons().get(Comparisons.Kind.EVIDENCE_DAYS)));
    }
}

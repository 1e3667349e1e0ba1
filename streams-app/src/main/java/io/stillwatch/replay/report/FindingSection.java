package io.stillwatch.replay.report;

import io.stillwatch.baseline.Peers;
import io.stillwatch.baseline.Usual;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A finding on a page: its strongest value beside what is usual; the rest of its evidence is folded. */
final class FindingSection {
    private static final int TEXT_LIMIT = 200;

    private final Finding finding;
    private final UsualValues usual;
    private final HtmlWriter html;

    FindingSection(Finding finding, UsualValues usual, HtmlWriter html) {
        this.finding = finding;
        this.usual = usual;
        this.html = html;
    }

    /**
     * Writes it.
     *
     * @param shown features whose values the alert's other findings show; the one that this shows is added
     */
    void write(Set<String> shown) throws IOException {
        html.open("h4")
                .element("bdi", Printable.text(finding.getTitle(), TEXT_LIMIT))
                .text(" ")
                .element("span", "score " + Figures.score(finding.getScore()), "class", "state")
                .close("h4")
                .line();
        Optional<FeatureValue> telling = telling(shown);
        if (telling.isPresent()) {
            shown.add(telling.get().getName());
            lead(html, telling.get(), false, usualOf(telling.get()));
        }
        html.open("details");
        html.element(
                        "summary",
                        "Its evidence, " + Figures.counted(finding.getEvidence().size(), "value"))
                .line();
        origin();
        if (!finding.getEvidence().isEmpty()) {
            table();
        }
        html.close("details").line();
    }

    /**
     * Writes one value large: what it says, the strip, and what is usual in words.
     *
     * @param missed whether it misses its threshold, in place of meeting it
     * @param usual what nine in ten accounts of its kind have
     */
    static void lead(HtmlWriter html, FeatureValue value, boolean missed, Optional<Usual> usual) throws IOException {
        html.open("div", "class", "lead");
        html.element("span", words(value), "class", "says");
        Strip.write(html, value.getValue(), value.getUnit(), Optional.ofNullable(value.getThreshold()), usual);
        html.element("span", asked(value, missed) + beside(value, usual), "class", "note");
        html.close("div").line();
    }

    /** What was asked for; the side of the threshold on which a value misses it is the other one. */
    private static String asked(FeatureValue value, boolean missed) {
        if (value.getThreshold() == null) {
            return "";
        }
        double threshold = value.getThreshold();
        double meeting = missed ? threshold + Math.signum(threshold - value.getValue()) : value.getValue();
        return "asked for " + Figures.boundInSigns(meeting, threshold, value.getUnit()) + "; ";
    }

    private static String words(FeatureValue value) {
        return value.getExplanation().isBlank()
                ? Printable.identifier(value.getName()) + ": " + Figures.value(value.getValue(), value.getUnit())
                : Printable.text(value.getExplanation(), TEXT_LIMIT);
    }

    /** The rank, and the range of what is usual. To have nothing of what most have nothing of is no rank. */
    private static String beside(FeatureValue value, Optional<Usual> usual) {
        List<String> words = new ArrayList<>();
        usual.ifPresent(range -> words.add("usual " + range(range, value.getUnit())));
        boolean isNothingAsOften = value.getValue() == 0 && value.getQuantile() != null && value.getQuantile() >= 0.5;
        if (value.getQuantile() != null && !isNothingAsOften) {
            words.add(Figures.rank(value.getQuantile()));
        }
        return words.isEmpty() ? "what is usual is not known" : String.join("; ", words);
    }

    private static String range(Usual usual, String unit) {
        String low = Figures.value(usual.low(), unit);
        String high = Figures.value(usual.high(), unit);
        return low.equals(high) ? low : low + " to " + high;
    }

    private Optional<Usual> usualOf(FeatureValue value) {
        return usual.of(finding, value);
    }

    /** The strongest that can be set beside what is usual, rather one that is not shown yet; without a baseline the strongest. */
    private Optional<FeatureValue> telling(Set<String> shown) {
        List<FeatureValue> comparable = finding.getEvidence().stream()
                .filter(value -> usualOf(value).isPresent())
                .toList();
        return comparable.stream()
                .filter(value -> !shown.contains(value.getName()) && value.getThreshold() != null)
                .findFirst()
                .or(() -> comparable.stream().findFirst())
                .or(() -> finding.getEvidence().stream().findFirst());
    }

    private void origin() throws IOException {
        html.open("p", "class", "hint").open("code");
        html.element("bdi", Printable.identifier(finding.getSignatureId()));
        html.close("code")
                .text(" version " + finding.getSignatureVersion() + ". Window of " + Figures.window(finding.getWindow())
                        + ": ");
        time(finding.getWindowStart());
        html.text(" to ");
        time(finding.getWindowEnd());
        html.text(", " + Figures.counted(finding.getRequests(), "request") + ", "
                + Figures.tokens(finding.getOutputTokens()) + " of answers.");
        if (finding.getCompleteness() < 1) {
            html.text(" The evidence saw " + Figures.share(finding.getCompleteness()) + " of the window's records.");
        }
        html.text(usual.peers(finding)
                .flatMap(Peers::words)
                .map(kinds -> " Usual is what nine in ten of these have: " + Printable.text(kinds, TEXT_LIMIT) + ".")
                .orElse(""));
        html.text(references());
        html.close("p").line();
    }

    private String references() {
        List<String> ids = new ArrayList<>();
        finding.getAtlas().forEach(id -> ids.add("MITRE ATLAS " + Printable.text(id, 40)));
        finding.getOwasp().forEach(id -> ids.add("OWASP " + Printable.text(id, 40)));
        return ids.isEmpty() ? "" : " " + String.join(", ", ids) + ".";
    }

    private void table() throws IOException {
        html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Table of evidence");
        html.open("table", "class", "evidence stacked").line();
        html.element("caption", "Evidence, strongest first").line();
        html.open("thead").open("tr").element("th", "Feature", "scope", "col");
        html.element("th", "Value", "scope", "col", "class", "number");
        html.element("th", "Asked for", "scope", "col", "class", "number");
        html.element("th", "Beside what is usual", "scope", "col");
        html.close("tr").close("thead").line().open("tbody").line();
        for (FeatureValue feature : finding.getEvidence()) {
            feature(feature);
        }
        html.close("tbody").close("table").close("div").line();
    }

    private void feature(FeatureValue feature) throws IOException {
        html.open("tr").open("th", "scope", "row").open("code");
        html.element("bdi", Printable.identifier(feature.getName())).close("code");
        if (!feature.getExplanation().isBlank()) {
            html.element("span", Printable.text(feature.getExplanation(), TEXT_LIMIT), "class", "note");
        }
        html.close("th");
        html.element(
                "td",
                Figures.value(feature.getValue(), feature.getUnit()),
                "class",
                "number strong",
                "data-label",
                "value");
        html.element(
                "td",
                feature.getThreshold() == null
                        ? "–"
                        : Figures.boundInSigns(feature.getValue(), feature.getThreshold(), feature.getUnit()),
                "class",
                "number",
                "data-label",
                "asked for");
        html.open("td");
        Optional<Usual> range = usualOf(feature);
        Strip.write(html, feature.getValue(), feature.getUnit(), Optional.ofNullable(feature.getThreshold()), range);
        html.element("span", beside(feature, range), "class", "note");
        html.close("td").close("tr").line();
    }

    private void time(long timeMs) throws IOException {
        Instant instant = Instant.ofEpochMilli(timeMs);
        html.element("time", Times.shown(instant), "datetime", instant.toString());
    }
}

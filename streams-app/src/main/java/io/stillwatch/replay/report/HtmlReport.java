package io.stillwatch.replay.report;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A replay's report for the person who investigates: one HTML file without script and without a request to anywhere,
 * for the screen (light and dark) and for paper.
 *
 * <p>The report is a function of its summary alone: the same summary gives the same bytes. Alerts are ordered by
 * severity, then score, then time of opening.
 */
public final class HtmlReport {
    /** Alerts told in full; the table lists all of them. */
    public static final int DETAILED_ALERTS = 200;

    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low", "informational");
    private static final StyleSheet STYLE = StyleSheet.load();

    private final ReplaySummary summary;
    private final List<AlertLife> alerts;
    private final HtmlWriter html;
    private final SourceNames names;

    private HtmlReport(ReplaySummary summary, Appendable out) throws IOException {
        this.names = new SourceNames(
                summary.sources().stream().map(ReplaySummary.Source::name).toList());
        this.summary = summary;
        alerts = mostSevereFirst(summary.alerts());
        html = new HtmlWriter(out);
    }

    /** Writes the report; the encoding of {@code out} must be UTF-8, which the report declares. */
    public static void write(ReplaySummary summary, Appendable out) throws IOException {
        new HtmlReport(summary, out).page();
    }

    /** The order in which a report tells alerts: by severity, then score, then time of opening. */
    static List<AlertLife> mostSevereFirst(Collection<AlertLife> alerts) {
        List<AlertLife> ordered = new ArrayList<>(alerts);
        ordered.sort(Comparator.<AlertLife>comparingInt(life -> rank(life.last().getSeverity()))
                .thenComparing(life -> -life.last().getScore())
                .thenComparing(life -> life.last().getOpenedAt())
                .thenComparing(life -> life.last().getAlertId()));
        return ordered;
    }

    static int rank(String severity) {
        int rank = SEVERITIES.indexOf(severity);
        return rank < 0 ? SEVERITIES.size() : rank;
    }

    /** The class that colours a severity; data never becomes part of the page's structure. */
    static String severityClass(String severity) {
        return SEVERITIES.contains(severity) ? "severity " + severity : "severity";
    }

    private void page() throws IOException {
        html.open("html", "lang", "en").line();
        PageHead.write(html, "Stillwatch replay report", STYLE);
        html.open("body").line();
        html.element("a", "Skip to the alerts", "class", "skip", "href", "#alerts")
                .line();
        header();
        html.open("main").line();
        verdict();
        alertTable();
        alertDetails();
        new ReplayInput(summary, names, html).write();
        conditions();
        limits();
        html.close("main").line();
        html.open("footer");
        html.element(
                "p",
                "Written by Stillwatch " + Printable.text(summary.productVersion(), 40)
                        + ". All times are UTC and event times: when the requests happened, not when they were read."
                        + " Prompts are not in this report.");
        html.close("footer").line();
        html.close("body").close("html").end();
    }

    private void header() throws IOException {
        html.open("header").line();
        html.element("p", "Stillwatch", "class", "brand");
        html.element("h1", "Replay report").line();
        html.open("p", "class", "subtitle").text(sourceNames());
        if (summary.firstEvent().isPresent() && summary.lastEvent().isPresent()) {
            html.text(", ");
            time(summary.firstEvent().get());
            html.text(" to ");
            time(summary.lastEvent().get());
        }
        html.close("p").line();
        html.close("header").line();
    }

    private String sourceNames() {
        List<ReplaySummary.Source> sources = summary.sources();
        return switch (sources.size()) {
            case 0 -> "No source";
            case 1 -> Printable.identifier(names.of(sources.get(0).name()));
            case 2 ->
                Printable.identifier(names.of(sources.get(0).name())) + " and "
                        + Printable.identifier(names.of(sources.get(1).name()));
            default ->
                Printable.identifier(names.of(sources.get(0).name())) + " and " + Figures.count(sources.size() - 1L)
                        + " more sources";
        };
    }

    private void verdict() throws IOException {
        html.open("section", "aria-label", "Verdict").line();
        html.element("p", verdictWords(), "class", "verdict").line();
        html.open("dl", "class", "tiles").line();
        long open = count(life -> life.last().getState() != AlertState.CLOSED);
        tile("Alerts", Figures.count(alerts.size()), alerts.isEmpty() ? "" : Figures.count(open) + " still open");
        tile("Requests read", Figures.count(summary.accepted()), period());
        tile("Accounts", Figures.count(summary.accounts()), "");
        tile(
                "Rejected",
                Figures.count(summary.rejected()),
                summary.skipped() == 0 ? "" : Figures.count(summary.skipped()) + " skipped");
        html.close("dl").line();
        html.close("section").line();
    }

    private String verdictWords() {
        if (alerts.isEmpty()) {
            return summary.accepted() == 0
                    ? "No request could be read, so nothing can be said about the accounts."
                    : "No signature matched an account or a campaign in this period.";
        }
        List<String> bySeverity = new ArrayList<>();
        for (String severity : SEVERITIES) {
            long found = count(life -> life.last().getSeverity().equals(severity));
            if (found > 0) {
                bySeverity.add(Figures.count(found) + " " + severity);
            }
        }
        long other = count(life -> rank(life.last().getSeverity()) == SEVERITIES.size());
        if (other > 0) {
            bySeverity.add(Figures.count(other) + " of other severity");
        }
        long tokens = alerts.stream()
                .mapToLong(life -> life.last().getOutputTokens())
                .filter(count -> count > 0)
                .sum();
        return Figures.counted(alerts.size(), "alert") + ": " + String.join(", ", bySeverity) + ". Up to "
                + Figures.tokens(tokens) + " of answers went to the entities behind them.";
    }

    private long count(Predicate<AlertLife> property) {
        return alerts.stream().filter(property).count();
    }

    private String period() {
        if (summary.firstEvent().isEmpty() || summary.firstEvent().equals(summary.lastEvent())) {
            return "";
        }
        return "over "
                + Times.length(Duration.between(
                        summary.firstEvent().get(), summary.lastEvent().get()));
    }

    private void tile(String name, String value, String note) throws IOException {
        html.open("div", "class", "tile").element("dt", name).open("dd").element("span", value, "class", "figure");
        if (!note.isEmpty()) {
            html.element("span", note, "class", "note");
        }
        html.close("dd").close("div").line();
    }

    private void alertTable() throws IOException {
        html.open("section", "aria-labelledby", "alerts").line();
        html.element("h2", "Alerts", "id", "alerts").line();
        if (alerts.isEmpty()) {
            html.element("p", "There are none.").line();
            html.close("section").line();
            return;
        }
        html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Table of alerts");
        html.open("table", "class", "stacked").line();
        html.element("caption", "Most severe first; numbers are those of the newest step.")
                .line();
        html.open("thead").open("tr");
        html.element("th", "Severity", "scope", "col").element("th", "Alert", "scope", "col");
        html.element("th", "Score", "scope", "col", "class", "number");
        html.element("th", "Requests", "scope", "col", "class", "number");
        html.element("th", "Answers", "scope", "col", "class", "number");
        html.element("th", "Opened", "scope", "col").element("th", "State", "scope", "col");
        html.close("tr").close("thead").line().open("tbody").line();
        for (int i = 0; i < alerts.size(); i++) {
            alertRow(alerts.get(i).last(), i);
        }
        html.close("tbody").close("table").close("div").line();
        html.close("section").line();
    }

    private void alertRow(Alert alert, int position) throws IOException {
        html.open("tr").open("td");
        html.element("span", Printable.text(alert.getSeverity(), 20), "class", severityClass(alert.getSeverity()));
        html.close("td").open("th", "scope", "row");
        String title = Printable.text(alert.getTitle(), AlertArticle.TITLE_LIMIT);
        if (position < DETAILED_ALERTS) {
            html.open("a", "href", "#" + AlertArticle.anchor(position))
                    .element("bdi", title)
                    .close("a");
        } else {
            html.element("bdi", title);
        }
        html.close("th");
        html.element("td", Figures.score(alert.getScore()), "class", "number", "data-label", "score");
        html.element("td", Figures.count(alert.getRequests()), "class", "number", "data-label", "requests");
        html.element("td", Figures.tokens(alert.getOutputTokens()), "class", "number", "data-label", "answers");
        html.open("td", "data-label", "opened");
        time(Instant.ofEpochMilli(alert.getOpenedAt()));
        html.close("td")
                .element("td", alert.getState().name().toLowerCase(Locale.ROOT), "data-label", "state")
                .close("tr")
                .line();
    }

    private void alertDetails() throws IOException {
        int detailed = Math.min(alerts.size(), DETAILED_ALERTS);
        if (detailed > 0) {
            html.element("p", Strip.LEGEND, "class", "hint").line();
        }
        for (int i = 0; i < detailed; i++) {
            new AlertArticle(alerts.get(i), i, summary, html).write();
        }
        if (alerts.size() > detailed) {
            html.element(
                            "p",
                            "The " + Figures.count(detailed) + " most severe alerts are told in full; the other "
                                    + Figures.count(alerts.size() - (long) detailed)
                                    + " are in the table above and, in full, in the JSON output of the replay.",
                            "class",
                            "hint")
                    .line();
        }
    }

    private void conditions() throws IOException {
        beginFolded(html, "conditions", "What decided", false);
        html.element(
                        "p",
                        "The same records, baseline, signatures and settings give the same alerts again."
                                + (summary.baseline().isEmpty()
                                        ? " No baseline was used: values are compared with fixed thresholds only."
                                        : ""))
                .line();
        html.open("dl", "class", "pairs").line();
        if (!summary.baseline().isEmpty()) {
            pair("Baseline", summary.baseline());
        }
        for (ReplaySummary.SignatureVersion signature : summary.signatures()) {
            pair("Signature", signature.id() + ", version " + signature.version() + ": " + signature.title());
        }
        for (ReplaySummary.Setting setting : summary.settings()) {
            pair(setting.name(), setting.value());
        }
        html.close("dl").line();
        endFolded(html);
    }

    private void pair(String name, String value) throws IOException {
        html.open("div").element("dt", Printable.text(name, 80)).open("dd");
        html.element("bdi", Printable.text(value, 300)).close("dd").close("div").line();
    }

    private void limits() throws IOException {
        beginFolded(html, "limits", "What traffic alone cannot show", false);
        html.open("ul").line();
        for (String limit : LIMITS) {
            html.element("li", limit).line();
        }
        html.close("ul").line();
        endFolded(html);
    }

    /** Begins a section that a reader unfolds. */
    static void beginFolded(HtmlWriter html, String id, String title, boolean unfolded) throws IOException {
        html.open("section", "aria-labelledby", id).line();
        if (unfolded) {
            html.open("details", "open", "open");
        } else {
            html.open("details");
        }
        html.open("summary").element("h2", title, "id", id).close("summary").line();
    }

    static void endFolded(HtmlWriter html) throws IOException {
        html.close("details").close("section").line();
    }

    private void time(Instant instant) throws IOException {
        html.element("time", Times.shown(instant), "datetime", instant.toString());
    }

    private static final List<String> LIMITS = List.of(
            "Whether answers were used to train a model. An alert says that an account behaves as harvesting accounts"
                    + " do; the purpose has to be established by asking, by contract or by examining the other model.",
            "A relay that sells the logs of its real users. Their prompts are ordinary prompts; all that can be"
                    + " seen is that many users share an account or a link key.",
            "A small number of hard questions asked without any wish for reasoning. Each looks like ordinary use, and"
                    + " it takes many of them before a profile differs.",
            "A customer who harvests inside an agreed workload, at the volume and with the templates that are normal"
                    + " for it.",
            "Who is behind an account. Link keys show what accounts share, not why; a university, a gateway or one"
                    + " customer with many keys shares them too.");
}

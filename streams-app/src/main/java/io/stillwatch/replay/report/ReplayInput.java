package io.stillwatch.replay.report;

import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.util.List;

/** What a replay read and what it could not read; unfolded where something is missing. */
final class ReplayInput {
    private static final int LISTED_CAUSES = 20;

    private final ReplaySummary summary;
    private final SourceNames names;
    private final HtmlWriter html;

    ReplayInput(ReplaySummary summary, SourceNames names, HtmlWriter html) {
        this.summary = summary;
        this.names = names;
        this.html = html;
    }

    void write() throws IOException {
        HtmlReport.beginFolded(html, "input", "What was read", summary.rejected() > 0);
        html.element("p", completeness()).line();
        if (!summary.sources().isEmpty()) {
            sources();
        }
        if (!summary.rejectedCauses().isEmpty()) {
            rejectedCauses();
        }
        HtmlReport.endFolded(html);
    }

    private void sources() throws IOException {
        html.open("table").line().open("thead").open("tr");
        html.element("th", "Source", "scope", "col");
        for (String column : List.of("Accepted", "Rejected", "Skipped")) {
            html.element("th", column, "scope", "col", "class", "number");
        }
        html.close("tr").close("thead").line().open("tbody").line();
        for (ReplaySummary.Source source : summary.sources()) {
            html.open("tr").open("th", "scope", "row");
            html.element("bdi", Printable.identifier(names.of(source.name()))).close("th");
            for (long records : new long[] {source.accepted(), source.rejected(), source.skipped()}) {
                html.element("td", Figures.count(records), "class", "number");
            }
            html.close("tr").line();
        }
        html.close("tbody").close("table").line();
    }

    private String completeness() {
        long records = summary.accepted() + summary.rejected();
        if (records == 0) {
            return "Nothing was read.";
        }
        if (summary.rejected() == 0) {
            return "Every record could be read, so the evidence is complete for these sources.";
        }
        return Figures.count(summary.rejected()) + " of the " + Figures.counted(records, "record")
                + " could not be read. What they held is not in the evidence: an account whose requests are among them"
                + " may have done more than is shown.";
    }

    private void rejectedCauses() throws IOException {
        html.element("h3", "Why records were rejected").line();
        html.open("table").line().open("thead").open("tr");
        html.element("th", "Cause", "scope", "col").element("th", "First seen at", "scope", "col");
        html.element("th", "Records", "scope", "col", "class", "number");
        html.close("tr").close("thead").line().open("tbody").line();
        List<ReplaySummary.RejectedCause> causes = summary.rejectedCauses();
        for (ReplaySummary.RejectedCause cause : causes.subList(0, Math.min(causes.size(), LISTED_CAUSES))) {
            html.open("tr").open("th", "scope", "row");
            html.element("bdi", Printable.text(cause.cause(), 300)).close("th");
            html.open("td")
                    .element("bdi", Printable.identifier(names.in(cause.example())))
                    .close("td");
            html.element("td", Figures.count(cause.records()), "class", "number")
                    .close("tr")
                    .line();
        }
        html.close("tbody").close("table").line();
        if (causes.size() > LISTED_CAUSES) {
            html.element("p", "And " + Figures.counted(causes.size() - (long) LISTED_CAUSES, "rarer cause") + ".")
                    .line();
        }
    }
}

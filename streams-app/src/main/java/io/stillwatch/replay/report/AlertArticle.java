package io.stillwatch.replay.report;

import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One alert told in full: what it says, when it was and how unusual; its evidence and its life are folded. */
final class AlertArticle {
    static final int TITLE_LIMIT = 200;

    private static final int EXPLANATION_LIMIT = 2000;
    private static final int LISTED_STEPS = 50;
    private static final int LISTED_IDS = 50;

    private final AlertLife life;
    private final Alert alert;
    private final int position;
    private final ReplaySummary summary;
    private final HtmlWriter html;

    AlertArticle(AlertLife life, int position, ReplaySummary summary, HtmlWriter html) {
        this.life = life;
        this.summary = summary;
        this.alert = life.last();
        this.position = position;
        this.html = html;
    }

    static String anchor(int position) {
        return "alert-" + (position + 1);
    }

    void write() throws IOException {
        html.open("article", "aria-labelledby", anchor(position)).line();
        html.open("h3", "id", anchor(position))
                .element("bdi", Printable.text(alert.getTitle(), TITLE_LIMIT))
                .close("h3")
                .line();
        html.open("p", "class", "badges");
        html.element(
                "span",
                Printable.text(alert.getSeverity(), 20),
                "class",
                HtmlReport.severityClass(alert.getSeverity()));
        html.text(" ").element("span", state(alert), "class", "state");
        html.text(" ").element("span", "score " + Figures.score(alert.getScore()), "class", "state");
        html.close("p").line();
        html.element("p", Printable.text(alert.getExplanation(), EXPLANATION_LIMIT), "class", "explanation")
                .line();
        Optional<HourlyRequests> hours = summary.hours().of(alert.getAlertId());
        if (hours.isPresent()) {
            HourChart.write(html, hours.get(), alert.getOpenedAt());
        }
        UsualValues usual = UsualValues.of(alert, summary.baselines());
        Set<String> shown = new HashSet<>();
        for (Finding finding : findings()) {
            new FindingSection(finding, usual, html).write(shown);
        }
        html.open("details")
                .element("summary", "Who, since when, and the life of the alert")
                .line();
        facts();
        timeline();
        html.close("details").line();
        identifiers("Example requests", "event id", " to look up in the gateway's log", alert.getExampleEventIds());
        boolean campaign = alert.getEntityType().equals(EntityType.CAMPAIGN);
        identifiers(
                campaign ? "Accounts of the campaign" : "Linked accounts",
                "account",
                campaign ? "" : " sharing link keys with this one",
                alert.getLinkedAccounts());
        html.close("article").line();
    }

    private static String state(Alert step) {
        return step.getState().name().toLowerCase(Locale.ROOT);
    }

    /** A closed alert may come without findings; what it was about is in the step before. */
    private List<Finding> findings() {
        List<Alert> steps = life.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (!steps.get(i).getFindings().isEmpty()) {
                return steps.get(i).getFindings();
            }
        }
        return List.of();
    }

    private void facts() throws IOException {
        Alert first = life.steps().get(0);
        Instant openedAt = Instant.ofEpochMilli(first.getOpenedAt());
        Instant firstEvent = Instant.ofEpochMilli(alert.getFirstEventTime());
        html.open("dl", "class", "pairs").line();
        html.open("div").element("dt", Printable.text(alert.getEntityType(), 40));
        html.open("dd").open("code").element("bdi", Printable.identifier(alert.getEntityId()));
        html.close("code").close("dd").close("div").line();
        html.open("div").element("dt", "alert id").open("dd").open("code");
        html.element("bdi", Printable.identifier(alert.getAlertId()));
        html.close("code").close("dd").close("div").line();
        html.open("div").element("dt", "opened").open("dd");
        time(openedAt);
        if (first.getState() == AlertState.OPENED) {
            html.text(", " + Times.length(Duration.between(firstEvent, openedAt))
                    + " after the first request in the evidence and after "
                    + Figures.counted(first.getRequests(), "request") + " and "
                    + Figures.tokens(first.getOutputTokens()) + " of answers");
        }
        if (alert.getOpenedAt() > first.getOpenedAt()) {
            html.text(", and again ");
            time(Instant.ofEpochMilli(alert.getOpenedAt()));
        }
        html.close("dd").close("div").line();
        html.open("div").element("dt", "since first seen").open("dd");
        html.text(Figures.counted(alert.getRequests(), "request") + ", " + Figures.tokens(alert.getOutputTokens())
                + " of answers");
        html.close("dd").close("div").line();
        if (!alert.getBaseline().isEmpty()) {
            html.open("div").element("dt", "baseline").open("dd");
            html.element("bdi", Printable.identifier(alert.getBaseline()));
            html.close("dd").close("div").line();
        }
        html.close("dl").line();
    }

    private void timeline() throws IOException {
        html.element("h4", "Life of the alert").line();
        html.open("ol", "class", "timeline").line();
        html.open("li");
        time(Instant.ofEpochMilli(alert.getFirstEventTime()));
        html.text(" first request in the evidence").close("li").line();
        List<Alert> steps = life.steps();
        int from = Math.max(0, steps.size() - LISTED_STEPS);
        if (from > 0) {
            html.element("li", Figures.counted(from, "earlier step") + " not shown")
                    .line();
        }
        for (int i = from; i < steps.size(); i++) {
            Alert step = steps.get(i);
            html.open("li");
            time(Instant.ofEpochMilli(step.getTime()));
            html.text(" ").element("strong", state(step));
            html.text(i == 0 ? atFirst(step) : change(steps.get(i - 1), step));
            html.close("li").line();
        }
        html.close("ol").line();
    }

    private static String atFirst(Alert step) {
        return ": " + Printable.text(step.getSeverity(), 20) + ", score " + Figures.score(step.getScore()) + ", "
                + Figures.counted(step.getFindings().size(), "finding");
    }

    private static String change(Alert before, Alert step) {
        List<String> changes = new ArrayList<>();
        if (!before.getSeverity().equals(step.getSeverity())) {
            changes.add(Printable.text(before.getSeverity(), 20) + " to " + Printable.text(step.getSeverity(), 20));
        }
        changes.add("score " + Figures.score(step.getScore()));
        Set<String> added = signatures(step);
        added.removeAll(signatures(before));
        if (!added.isEmpty()) {
            changes.add("adds " + String.join(", ", added));
        }
        if (step.getCloseReason() != null) {
            changes.add(Printable.text(step.getCloseReason(), TITLE_LIMIT));
        }
        return ": " + String.join(", ", changes);
    }

    private static Set<String> signatures(Alert step) {
        Set<String> ids = new LinkedHashSet<>();
        step.getFindings().forEach(finding -> ids.add(Printable.identifier(finding.getSignatureId())));
        return ids;
    }

    private void identifiers(String title, String noun, String meaning, List<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        html.open("details")
                .element("summary", title + ", " + Figures.count(ids.size()))
                .line();
        html.open("p", "class", "hint").text(Figures.counted(ids.size(), noun) + meaning + ".");
        if (ids.size() > LISTED_IDS) {
            html.text(" The first " + LISTED_IDS + " are shown.");
        }
        html.close("p").line();
        html.open("ul", "class", "ids").line();
        for (String id : ids.subList(0, Math.min(ids.size(), LISTED_IDS))) {
            html.open("li").open("code").element("bdi", Printable.identifier(id));
            html.close("code").close("li").line();
        }
        html.close("ul").close("details").line();
    }

    private void time(Instant instant) throws IOException {
        html.element("time", Times.shown(instant), "datetime", instant.toString());
    }
}

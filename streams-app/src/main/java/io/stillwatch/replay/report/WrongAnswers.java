package io.stillwatch.replay.report;

import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Catch;
import io.stillwatch.evaluate.Nearest;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where an evaluation's alerts were wrong: hostile accounts without one, then honest ones with one, and by what. */
final class WrongAnswers {
    private static final int TEXT_LIMIT = 2_000;

    /** Told one by one; the others are folded. */
    private static final int SHOWN = 5;

    private static final int STRIPS = 3;

    private final Scorecard card;
    private final UsualValues usual;
    private final HtmlWriter html;

    WrongAnswers(Scorecard card, UsualValues usual, HtmlWriter html) {
        this.card = card;
        this.usual = usual;
        this.html = html;
    }

    void write() throws IOException {
        List<AccountResult> missed = card.missed();
        List<AccountResult> flagged = card.wronglyFlagged().stream()
                .filter(account -> account.alone().isPresent())
                .toList();
        if (!missed.isEmpty() || !flagged.isEmpty()) {
            html.element("p", Strip.LEGEND, "class", "hint").line();
        }
        if (!missed.isEmpty()) {
            html.element("h3", "Missed").line();
            html.element(
                            "p",
                            "With the signature that came nearest, and what kept it from holding then.",
                            "class",
                            "hint")
                    .line();
            list(missed, this::missed);
        }
        long named = card.wronglyFlagged().size() - (long) flagged.size();
        if (!flagged.isEmpty() || named > 0) {
            html.element("h3", "Wrongly flagged").line();
            list(flagged, this::flagged);
        }
        if (named > 0) {
            html.element("p", Figures.count(named) + " by campaigns that name them and no alert of their own.")
                    .line();
        }
    }

    @FunctionalInterface
    private interface Entry {
        void write(AccountResult account) throws IOException;
    }

    private void list(List<AccountResult> accounts, Entry entry) throws IOException {
        int shown = Math.min(SHOWN, accounts.size());
        for (AccountResult account : accounts.subList(0, shown)) {
            entry.write(account);
        }
        if (shown < accounts.size()) {
            html.open("details")
                    .element("summary", "And " + Figures.count(accounts.size() - (long) shown) + " more")
                    .line();
            for (AccountResult account : accounts.subList(shown, accounts.size())) {
                entry.write(account);
            }
            html.close("details").line();
        }
    }

    private void missed(AccountResult account) throws IOException {
        begin(account);
        Nearest nearest = account.nearest();
        html.open("p")
                .text(Figures.counted(account.truth().requests(), "request") + ", "
                        + Figures.share(account.truth().fraction()) + " of them hostile. ");
        if (nearest.signature().isEmpty()) {
            html.text("No signature was ever tried on it: it sent too little.");
        } else {
            html.text("Nearest: ")
                    .element("code", Printable.identifier(nearest.signature()))
                    .text(", by a margin of " + String.format(Locale.ROOT, "%+.3f", nearest.margin()) + ".");
        }
        html.close("p").line();
        strips(nearest.lacking(), true);
        html.close("article").line();
    }

    private void flagged(AccountResult account) throws IOException {
        begin(account);
        Catch caught = account.alone().orElseThrow();
        html.open("p")
                .element("bdi", Printable.text(caught.explanation(), TEXT_LIMIT))
                .close("p")
                .line();
        strips(caught.finding(), false);
        html.close("article").line();
    }

    private void begin(AccountResult account) throws IOException {
        html.open("article", "class", "brief");
        html.open("h4")
                .element("bdi", Printable.identifier(account.truth().kind()))
                .text(" ")
                .open("code")
                .element("bdi", Printable.identifier(account.truth().accountId()))
                .close("code")
                .close("h4")
                .line();
    }

    private void strips(Optional<Finding> finding, boolean lacking) throws IOException {
        if (finding.isEmpty()) {
            return;
        }
        List<FeatureValue> values = finding.get().getEvidence();
        for (FeatureValue value : values.subList(0, Math.min(STRIPS, values.size()))) {
            FindingSection.lead(html, value, lacking, usual.of(finding.get(), value));
        }
    }
}

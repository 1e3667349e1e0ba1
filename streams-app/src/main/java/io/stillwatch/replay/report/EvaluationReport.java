package io.stillwatch.replay.report;

import io.stillwatch.evaluate.CampaignScore;
import io.stillwatch.evaluate.CampaignScores;
import io.stillwatch.evaluate.FalseCampaign;
import io.stillwatch.evaluate.FractionBins;
import io.stillwatch.evaluate.KindScore;
import io.stillwatch.evaluate.OperatingPoint;
import io.stillwatch.evaluate.Rate;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Standing;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An evaluation for people: one HTML file without script and without a request to anywhere. A function of the scorecards
 * alone.
 */
public final class EvaluationReport {
    private static final int TEXT_LIMIT = 2_000;
    private static final String UNKNOWN = "–";
    private static final StyleSheet STYLE = StyleSheet.load("report.css", "evaluation.css");

    private final String productVersion;
    private final UsualValues usual;
    private final HtmlWriter html;

    private EvaluationReport(String productVersion, UsualValues usual, Appendable out) throws IOException {
        this.productVersion = productVersion;
        this.usual = usual;
        html = new HtmlWriter(out);
    }

    /**
     * Writes the report; the encoding of {@code out} must be UTF-8, which the report declares.
     *
     * @param usual what is usual by the baseline that accounts were compared with
     */
    public static void write(List<Scorecard> cards, String productVersion, UsualValues usual, Appendable out)
            throws IOException {
        new EvaluationReport(productVersion, usual, out).page(cards);
    }

    private void page(List<Scorecard> cards) throws IOException {
        html.open("html", "lang", "en").line();
        PageHead.write(html, "Stillwatch evaluation", STYLE);
        html.open("body").line();
        html.open("header").element("p", "Stillwatch", "class", "brand");
        html.element("h1", "Evaluation").close("header").line();
        html.open("main").line();
        for (int i = 0; i < cards.size(); i++) {
            card(cards.get(i), "e" + (i + 1));
        }
        html.close("main").line();
        html.open("footer");
        html.element(
                "p",
                "Written by Stillwatch " + Printable.text(productVersion, 40)
                        + ". An account counts as caught when an alert was opened for it, or for a campaign that names it. Its nearness is how far inside or"
                        + " outside the nearest signature it ever was, from -1 to 1; alerts begin at 0.");
        html.close("footer").line();
        html.close("body").close("html").end();
    }

    private void card(Scorecard card, String id) throws IOException {
        html.open("section", "aria-labelledby", id).line();
        html.element("h2", Printable.identifier(card.name()), "id", id).line();
        html.element("p", EvaluationVerdict.of(card), "class", "verdict").line();
        tiles(card);
        new WrongAnswers(card, usual, html).write();
        wrongCampaigns(card.campaigns());
        points(card);
        charts(card, id);
        campaigns(card.campaigns());
        html.open("details");
        html.element("summary", "By kind of account, and at bounded rates of false positives")
                .line();
        behaviours(card);
        honest(card);
        rates(card);
        html.close("details").line();
        html.close("section").line();
    }

    private void tiles(Scorecard card) throws IOException {
        html.open("dl", "class", "tiles").line();
        tile("Caught", share(card.detection()), card.caught() + " of " + card.hostileAccounts() + " hostile accounts");
        tile(
                "Flagged wrongly",
                share(card.falsePositives()),
                card.flagged() + " of " + card.honestAccounts() + " honest accounts");
        tile("Balanced accuracy", share(card.balancedAccuracy()), "");
        tile("Area under the curve", number(card.roc().area()), "by tier and nearness");
        tile("False alerts a day", number(card.falseAlertsADay()), "");
        html.close("dl").line();
    }

    private void points(Scorecard card) throws IOException {
        html.element("h3", "Acting on alerts");
        begin(
                "In brackets what each rate may be in truth, at 95 % (Clopper and Pearson).",
                "Alerts", "Hostile accounts caught", "Honest accounts flagged", "Alerts that are true", "#A day");
        for (Tier tier : Tier.values()) {
            OperatingPoint point = card.at(tier);
            row(
                    tier.words(),
                    rate(point.detection()),
                    rate(point.falsePositives()),
                    rate(point.alerts()),
                    number(point.alertsADay()));
        }
        end();
    }

    private static String rate(Rate rate) {
        return rate.share().isEmpty()
                ? UNKNOWN
                : Figures.count(rate.part()) + " of " + Figures.count(rate.whole()) + ": " + share(rate.share()) + " ["
                        + Figures.share(rate.low()) + ", " + Figures.share(rate.high()) + "]";
    }

    private void tile(String name, String value, String note) throws IOException {
        html.open("div", "class", "tile").element("dt", name).open("dd").element("span", value, "class", "figure");
        if (!note.isEmpty()) {
            html.element("span", note, "class", "note");
        }
        html.close("dd").close("div").line();
    }

    private void charts(Scorecard card, String id) throws IOException {
        html.open("div", "class", "charts").line();
        if (card.roc().area().isPresent()) {
            List<LineChart.Point> curve = card.roc().points().stream()
                    .map(point -> new LineChart.Point(point.falsePositives(), point.detected()))
                    .toList();
            new LineChart(
                            "Detection over false positives",
                            "Receiver operating characteristic by tier and nearness; the area under the curve is "
                                    + number(card.roc().area()) + ".",
                            "honest accounts flagged",
                            "hostile accounts detected")
                    .write(html, id + "-roc", curve, false);
        }
        List<FractionBins.Bin> bins = card.caughtByFraction().bins().stream()
                .filter(bin -> bin.accounts() > 0)
                .toList();
        if (bins.size() > 1) {
            List<LineChart.Point> curve = bins.stream()
                    .map(bin -> new LineChart.Point(bin.centre(), bin.rate().orElseThrow()))
                    .toList();
            List<String> words = new ArrayList<>();
            bins.forEach(bin -> words.add(
                    Figures.share(bin.rate().orElseThrow()) + " at a share of " + Figures.share(bin.centre())));
            new LineChart(
                            "Caught by share of hostile requests",
                            "Hostile accounts caught: " + String.join(", ", words) + ".",
                            "share of the account's requests that is hostile",
                            "hostile accounts caught")
                    .write(html, id + "-fraction", curve, true);
        }
        html.close("div").line();
    }

    private void behaviours(Scorecard card) throws IOException {
        List<KindScore> kinds = card.kinds(true);
        if (kinds.isEmpty()) {
            return;
        }
        html.element("h3", "Hostile accounts");
        begin(
                "Requests and output tokens are those until the alert.",
                "Behaviour",
                "#Accounts",
                "#Caught",
                "#Alone",
                "#In a campaign",
                "#Requests, median",
                "#90th percentile",
                "#Output tokens, median");
        for (KindScore kind : kinds) {
            row(
                    Printable.identifier(kind.kind()),
                    Figures.count(kind.accounts()),
                    Figures.count(kind.caught()),
                    Figures.count(kind.alone()),
                    Figures.count(kind.inCampaign()),
                    count(kind.requestsMedian()),
                    count(kind.requestsP90()),
                    count(kind.tokensMedian()));
        }
        end();
    }

    private void honest(Scorecard card) throws IOException {
        List<KindScore> kinds = card.kinds(false);
        if (kinds.isEmpty()) {
            return;
        }
        html.element("h3", "Honest accounts");
        begin(
                "Flagged are those for which an alert was opened, or for a campaign that names them.",
                "Kind",
                "#Accounts",
                "#Flagged",
                "#Alone",
                "#In a campaign");
        for (KindScore kind : kinds) {
            row(
                    Printable.identifier(kind.kind()),
                    Figures.count(kind.accounts()),
                    Figures.count(kind.caught()),
                    Figures.count(kind.alone()),
                    Figures.count(kind.inCampaign()));
        }
        end();
    }

    private void campaigns(CampaignScores scores) throws IOException {
        if (scores.campaigns().isEmpty()) {
            return;
        }
        html.element("h3", "Campaigns");
        begin(
                "Members found: " + share(scores.recall()) + "; of all named, " + share(scores.precision())
                        + " are members. Pairs of members found together: "
                        + share(scores.pairs().recall()) + "; of the pairs found together, "
                        + share(scores.pairs().precision()) + " belong together.",
                "Campaign",
                "#Accounts",
                "#Named",
                "#Share",
                "#Of those named",
                "#Requests before the alert",
                "#Found as");
        for (CampaignScore score : scores.campaigns()) {
            row(
                    Printable.identifier(score.name()),
                    Figures.count(score.accounts()),
                    Figures.count(score.named()),
                    Figures.share(score.recall()),
                    share(score.precision()),
                    score.found() ? Figures.share(score.shareBefore()) : UNKNOWN,
                    score.found() ? Printable.text(String.join(", ", score.foundAs()), TEXT_LIMIT) : "missed");
        }
        end();
    }

    private void wrongCampaigns(CampaignScores scores) throws IOException {
        if (scores.wrong().isEmpty()) {
            return;
        }
        html.element("h3", "Campaigns that are none");
        html.open("ul").line();
        for (FalseCampaign campaign : scores.wrong()) {
            html.open("li")
                    .element("strong", Printable.identifier(campaign.id()))
                    .text(", " + Figures.count(campaign.members()) + " accounts (");
            List<String> kinds = new ArrayList<>();
            campaign.kinds().forEach((kind, count) -> kinds.add(kind + " " + Figures.count(count)));
            html.element("bdi", Printable.text(String.join(", ", kinds), TEXT_LIMIT))
                    .text("): ");
            html.element("bdi", Printable.text(campaign.explanation(), TEXT_LIMIT));
            html.close("li").line();
        }
        html.close("ul").line();
    }

    private void rates(Scorecard card) throws IOException {
        html.element("h3", "Detection at a bounded rate of false positives");
        begin(
                "By tier of alert, then by nearness; the threshold is taken from the honest accounts.",
                "False positives",
                "#Detected",
                "Threshold",
                "#Mean over shares 0.1 to 0.9");
        for (double falsePositives : Scorecard.FALSE_POSITIVES) {
            OptionalDouble threshold = card.roc().threshold(falsePositives);
            row(
                    Figures.share(falsePositives)
                            + (threshold.isPresent()
                                    ? ""
                                    : ": too few honest accounts to tell, it takes "
                                            + Figures.count(Math.round(1 / falsePositives))),
                    share(card.roc().detection(falsePositives)),
                    threshold.isPresent() ? Standing.above(threshold.getAsDouble()) : UNKNOWN,
                    threshold.isPresent()
                            ? share(card.detectedByFraction(falsePositives).average())
                            : UNKNOWN);
        }
        end();
    }

    /** Begins a table; a column whose name begins with # holds numbers. */
    private void begin(String caption, String... columns) throws IOException {
        html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", caption);
        html.open("table").element("caption", caption).open("thead").open("tr");
        for (String column : columns) {
            if (column.startsWith("#")) {
                html.element("th", column.substring(1), "scope", "col", "class", "number");
            } else {
                html.element("th", column, "scope", "col");
            }
        }
        html.close("tr").close("thead").line().open("tbody").line();
    }

    private void row(String header, String... numbers) throws IOException {
        html.open("tr").element("th", header, "scope", "row");
        for (String number : numbers) {
            html.element("td", number, "class", "number");
        }
        html.close("tr").line();
    }

    private void end() throws IOException {
        html.close("tbody").close("table").close("div").line();
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Figures.count(number.getAsLong()) : UNKNOWN;
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? Figures.share(share.getAsDouble()) : UNKNOWN;
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Figures.number(number.getAsDouble()) : UNKNOWN;
    }
}

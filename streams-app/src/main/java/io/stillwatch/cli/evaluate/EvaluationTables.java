package io.stillwatch.cli.evaluate;

import static io.stillwatch.cli.evaluate.RateWords.between;
import static io.stillwatch.cli.evaluate.RateWords.number;
import static io.stillwatch.cli.evaluate.RateWords.share;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.CampaignScore;
import io.stillwatch.evaluate.CampaignScores;
import io.stillwatch.evaluate.FalseCampaign;
import io.stillwatch.evaluate.FractionBins;
import io.stillwatch.evaluate.KindScore;
import io.stillwatch.evaluate.OperatingPoint;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Standing;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Prints an evaluation. */
final class EvaluationTables {
    private static final int ACCOUNTS_LISTED = 50;
    private static final String UNKNOWN = RateWords.UNKNOWN;

    private final Scorecard card;
    private final double prevalence;
    private final TerminalOutput output;

    /**
     * Tables that are not printed yet.
     *
     * @param prevalence a share of hostile accounts to tell precision at, 0 to 1
     */
    EvaluationTables(Scorecard card, double prevalence, TerminalOutput output) {
        this.card = card;
        this.prevalence = prevalence;
        this.output = output;
    }

    void print() {
        heading(card.name());
        hostileKinds();
        honestKinds();
        campaigns();
        wrongCampaigns();
        GroupTable.print(card.groups(), output);
        overall();
        fractions();
        wronglyFlagged();
        missed();
    }

    private void heading(String text) {
        output.line("");
        output.line(Line.of(Span.of(Printable.escape(text), Span.Style.BOLD)));
    }

    private void table(TextTable table) {
        output.table(table);
    }

    private void hostileKinds() {
        List<KindScore> kinds = card.kinds(true);
        if (kinds.isEmpty()) {
            return;
        }
        heading("Hostile accounts");
        TextTable table = new TextTable(
                "behaviour",
                "accounts",
                "caught",
                "above low",
                "alone",
                "in a campaign",
                "requests until then",
                "p90",
                "output tokens until then");
        for (KindScore kind : kinds) {
            table.row(
                    kind.kind(),
                    Figures.count(kind.accounts()),
                    Figures.count(kind.caught()),
                    Figures.count(kind.aboveLow()),
                    Figures.count(kind.alone()),
                    Figures.count(kind.inCampaign()),
                    count(kind.requestsMedian()),
                    count(kind.requestsP90()),
                    count(kind.tokensMedian()));
        }
        table(table);
    }

    private void honestKinds() {
        List<KindScore> kinds = card.kinds(false);
        if (kinds.isEmpty()) {
            return;
        }
        heading("Honest accounts");
        TextTable table = new TextTable("kind", "accounts", "flagged", "above low", "alone", "in a campaign");
        kinds.forEach(kind -> table.row(
                kind.kind(),
                Figures.count(kind.accounts()),
                Figures.count(kind.caught()),
                Figures.count(kind.aboveLow()),
                Figures.count(kind.alone()),
                Figures.count(kind.inCampaign())));
        table(table);
    }

    private void campaigns() {
        CampaignScores scores = card.campaigns();
        if (scores.campaigns().isEmpty()) {
            return;
        }
        heading("Campaigns");
        TextTable table = new TextTable(
                "campaign",
                "accounts",
                "named",
                "share",
                "of those named",
                "requests before the alert",
                "before it was above low",
                "found as");
        for (CampaignScore score : scores.campaigns()) {
            table.row(
                    score.name(),
                    Figures.count(score.accounts()),
                    Figures.count(score.named()),
                    Figures.share(score.recall()),
                    share(score.precision()),
                    score.found() ? Figures.share(score.shareBefore()) : UNKNOWN,
                    score.requestsBeforeAboveLow() < score.requests()
                            ? Figures.share((double) score.requestsBeforeAboveLow() / score.requests())
                            : UNKNOWN,
                    foundAs(score.foundAs()));
        }
        table(table);
        output.prose("Members found: " + share(scores.recall()) + "; of all named, " + share(scores.precision())
                + " are members. Pairs of members found together: "
                + share(scores.pairs().recall()) + "; of the pairs"
                + " found together, " + share(scores.pairs().precision()) + " belong together.");
    }

    private static String foundAs(List<String> ids) {
        if (ids.isEmpty()) {
            return "missed";
        }
        return ids.get(0) + (ids.size() == 1 ? "" : " and " + (ids.size() - 1) + " more");
    }

    private void wrongCampaigns() {
        List<FalseCampaign> wrong = card.campaigns().wrong();
        if (wrong.isEmpty()) {
            return;
        }
        heading("Campaigns that are none");
        for (FalseCampaign campaign : wrong.subList(0, Math.min(ACCOUNTS_LISTED, wrong.size()))) {
            output.line(campaign.id() + ", " + Figures.count(campaign.members()) + " accounts ("
                    + campaign.kinds().entrySet().stream()
                            .map(kind -> kind.getKey() + " " + Figures.count(kind.getValue()))
                            .collect(Collectors.joining(", "))
                    + "): " + campaign.explanation());
        }
        more(wrong.size());
    }

    private void overall() {
        points();
        heading("Overall");
        TextTable table = new TextTable("figure", "value", "of");
        for (double falsePositives : Scorecard.FALSE_POSITIVES) {
            OptionalDouble threshold = card.roc().threshold(falsePositives);
            table.row(
                    "detection at " + percent(falsePositives) + " false positives",
                    share(card.roc().detection(falsePositives)),
                    threshold.isPresent()
                            ? Standing.above(threshold.getAsDouble())
                            : "too few honest accounts to tell: it takes "
                                    + Figures.count(Math.round(1 / falsePositives)));
        }
        table.row("balanced accuracy", share(card.balancedAccuracy()), "");
        table.row("area under the curve", number(card.roc().area()), "by tier and nearness");
        table.row("false alerts a day", number(card.falseAlertsADay()), "");
        table(table);
    }

    private void points() {
        if (card.accounts() == 0) {
            return;
        }
        heading("Acting on alerts, with what the rates may be in truth (95 %, Clopper and Pearson)");
        TextTable rates =
                new TextTable("alerts", "hostile accounts caught", "honest accounts flagged", "requests until then");
        for (Tier tier : Tier.values()) {
            OperatingPoint point = card.at(tier);
            rates.row(
                    tier.words(),
                    RateWords.rate(point.detection()),
                    RateWords.rate(point.falsePositives()),
                    count(point.requests()));
        }
        table(rates);
        output.line("");
        TextTable desk = new TextTable(
                "at an analyst's desk",
                "alerts a day",
                "true",
                "true of all alerts",
                "were " + Figures.share(prevalence) + " of accounts hostile");
        for (Tier tier : Tier.values()) {
            OperatingPoint point = card.at(tier);
            desk.row(
                    tier.words(),
                    number(point.alertsADay()),
                    number(point.rightAlertsADay()),
                    RateWords.rate(point.alerts()),
                    precision(point));
        }
        table(desk);
    }

    private String precision(OperatingPoint point) {
        return point.precisionAt(prevalence).isEmpty()
                ? UNKNOWN
                : share(point.precisionAt(prevalence))
                        + between(point.leastPrecisionAt(prevalence), point.mostPrecisionAt(prevalence));
    }

    private void fractions() {
        if (card.hostileAccounts() == 0) {
            return;
        }
        heading("Detection by share of hostile requests");
        TextTable table = new TextTable("share", "accounts", "caught", "at 0.1 %", "at 0.3 %", "at 1 %");
        FractionBins caught = card.caughtByFraction();
        List<FractionBins> detected =
                Scorecard.FALSE_POSITIVES.stream().map(card::detectedByFraction).toList();
        for (int bin = 0; bin < caught.bins().size(); bin++) {
            FractionBins.Bin all = caught.bins().get(bin);
            if (all.accounts() > 0) {
                table.row(
                        String.format(Locale.ROOT, "%.1f", all.centre()),
                        Figures.count(all.accounts()),
                        share(all.rate()),
                        rate(detected, 0, bin),
                        rate(detected, 1, bin),
                        rate(detected, 2, bin));
            }
        }
        table.row(
                "mean of 0.1 to 0.9",
                "",
                share(caught.average()),
                average(detected, 0),
                average(detected, 1),
                average(detected, 2));
        table(table);
    }

    private String rate(List<FractionBins> detected, int column, int bin) {
        return known(column) ? share(detected.get(column).bins().get(bin).rate()) : UNKNOWN;
    }

    private String average(List<FractionBins> detected, int column) {
        return known(column) ? share(detected.get(column).average()) : UNKNOWN;
    }

    private boolean known(int column) {
        return card.roc().threshold(Scorecard.FALSE_POSITIVES.get(column)).isPresent();
    }

    private void wronglyFlagged() {
        List<AccountResult> alone = card.wronglyFlagged().stream()
                .filter(account -> account.alone().isPresent())
                .toList();
        int named = card.wronglyFlagged().size() - alone.size();
        if (card.wronglyFlagged().isEmpty()) {
            return;
        }
        heading("Wrongly flagged");
        for (AccountResult account : alone.subList(0, Math.min(ACCOUNTS_LISTED, alone.size()))) {
            output.line(account.truth().kind() + " " + account.truth().accountId() + ", "
                    + account.alone().orElseThrow().signature() + ": "
                    + account.alone().orElseThrow().explanation());
        }
        more(alone.size());
        if (named > 0) {
            output.line(Figures.count(named) + " by campaigns that name them and no alert of their own.");
        }
    }

    private void missed() {
        List<AccountResult> accounts = card.missed();
        if (accounts.isEmpty()) {
            return;
        }
        heading("Missed");
        TextTable table = new TextTable("behaviour", "account", "requests", "hostile", "nearest signature", "margin");
        for (AccountResult account : accounts.subList(0, Math.min(ACCOUNTS_LISTED, accounts.size()))) {
            table.row(
                    account.truth().kind(),
                    account.truth().accountId(),
                    Figures.count(account.truth().requests()),
                    Figures.share(account.truth().fraction()),
                    account.nearest().signature(),
                    signed(account.nearness()));
        }
        table(table);
        more(accounts.size());
    }

    private void more(int entries) {
        if (entries > ACCOUNTS_LISTED) {
            output.line("… and " + Figures.count(entries - ACCOUNTS_LISTED) + " more; --output has all of them.");
        }
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Figures.count(number.getAsLong()) : UNKNOWN;
    }

    private static String percent(double share) {
        return Figures.share(share);
    }

    private static String signed(double margin) {
        return String.format(Locale.ROOT, "%+.3f", margin);
    }
}

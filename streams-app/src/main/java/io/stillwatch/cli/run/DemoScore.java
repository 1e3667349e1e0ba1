package io.stillwatch.cli.run;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.AccountResult;
import io.stillwatch.evaluate.Catch;
import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.evaluate.Tier;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Alerts against the truth of a simulation, counted as {@code evaluate} counts. */
final class DemoScore {
    private final List<TruthRow> truth;
    private final Watch watch = new Watch();
    private final Set<String> opened = new HashSet<>();

    DemoScore(List<TruthRow> truth) {
        this.truth = truth;
    }

    synchronized void sent(RequestEvent event) {
        Long outputTokens = event.getOutputTokens();
        watch.event(event.getAccountId(), event.getEventTime(), outputTokens == null ? 0 : outputTokens);
    }

    synchronized void take(Alert step) {
        watch.alert(step);
        if (AlertLifecycle.opens(step)) {
            opened.add(step.getEntityId());
        }
    }

    synchronized void takeMembers(List<CampaignMember> members) {
        members.forEach(member -> watch.member(member.getCampaignId(), member.getAccountId(), member.getTime()));
    }

    synchronized int alerts() {
        return opened.size();
    }

    private Scorecard card() {
        return new Scorecard("demo", watch.results(truth), watch.spanMs(), watch.campaigns(truth));
    }

    /** Whether four in five hostile accounts have an alert, or are named by a campaign's, and no more than one honest one in fifty. */
    synchronized boolean isAsUsual() {
        Scorecard card = card();
        return 5 * card.caught(Tier.ANY) >= 4 * card.hostileAccounts()
                && 50 * card.flagged(Tier.ANY) <= card.honestAccounts();
    }

    synchronized void print(TerminalOutput output) {
        Scorecard card = card();
        output.line("");
        output.line("Hostile accounts");
        TextTable hostile = new TextTable("behaviour", "account", "requests", "caught after", "as");
        for (AccountResult account : sorted(card.hostile())) {
            Optional<Catch> caught = account.caught();
            hostile.row(
                    account.truth().kind(),
                    account.truth().accountId(),
                    Figures.count(account.truth().requests()),
                    caught.map(first -> Figures.count(first.requests())).orElse("MISSED"),
                    caught.map(Catch::signature).orElse(""));
        }
        output.table(hostile);
        output.line("");
        output.line("Honest accounts");
        TextTable honest = new TextTable("kind", "accounts", "requests", "flagged");
        Map<String, List<AccountResult>> byKind = new TreeMap<>();
        for (AccountResult account : sorted(card.honest())) {
            byKind.computeIfAbsent(account.truth().kind(), kind -> new ArrayList<>())
                    .add(account);
        }
        byKind.forEach((kind, accounts) -> honest.row(
                kind,
                Figures.count(accounts.size()),
                Figures.count(accounts.stream()
                        .mapToLong(account -> account.truth().requests())
                        .sum()),
                Figures.count(accounts.stream()
                        .filter(account -> account.caught().isPresent())
                        .count())));
        output.table(honest);
        output.line("");
        output.prose("Caught " + card.caught(Tier.ANY) + " of " + card.hostileAccounts() + " hostile accounts; flagged "
                + card.flagged(Tier.ANY) + " of " + card.honestAccounts() + " honest ones.");
        for (AccountResult account : card.wronglyFlagged()) {
            output.prose("Wrongly flagged: " + account.truth().kind() + " "
                    + account.truth().accountId() + ": "
                    + account.caught().orElseThrow().explanation());
        }
    }

    private static List<AccountResult> sorted(List<AccountResult> accounts) {
        return accounts.stream()
                .sorted(Comparator.comparing(
                                (AccountResult account) -> account.truth().kind())
                        .thenComparing(account -> account.truth().accountId()))
                .toList();
    }
}

package io.stillwatch.cli.evaluate;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.GroupLook;
import io.stillwatch.evaluate.GroupScore;
import io.stillwatch.profile.feature.CampaignTraits;
import io.stillwatch.text.Figures;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what the groups of accounts looked like that were looked at, and how near each came to an alert. */
final class GroupTable {
    private static final int OF_A_KIND = 3;
    private static final double THOUSAND = 1_000;

    private GroupTable() {}

    static void print(List<GroupScore> groups, TerminalOutput output) {
        if (groups.isEmpty()) {
            return;
        }
        output.line("");
        output.line(Line.of(Span.of("Groups of accounts that were looked at, as last seen", Span.Style.BOLD)));
        output.prose("Of each kind the " + OF_A_KIND + " that came nearest to an alert. F, lockstep and turns are 1 by"
                + " chance; spread is about 1 for people; stock is what people would have to choose from to ask the same so"
                + " rarely, in thousands.");
        TextTable table = new TextTable(
                "mostly",
                "groups",
                "accounts",
                "of the kind",
                "requests each",
                "spread",
                "same prompts",
                "stock",
                "F",
                "kinds shared",
                "infrastructure",
                "alike",
                "lockstep",
                "turns",
                "handovers",
                "nearest signature",
                "margin",
                "told");
        Map<String, Integer> told = new HashMap<>();
        Map<String, Long> all = new HashMap<>();
        groups.forEach(group -> all.merge(group.kind(), 1L, Long::sum));
        for (GroupScore group : groups) {
            if (told.merge(group.kind(), 1, Integer::sum) <= OF_A_KIND) {
                row(group, all.getOrDefault(group.kind(), 0L), table);
            }
        }
        output.table(table);
    }

    private static void row(GroupScore group, long groups, TextTable table) {
        GroupLook look = group.look();
        CampaignTraits traits = look.traits();
        table.row(
                group.kind(),
                Figures.count(groups),
                Figures.count(look.accounts().size()),
                Figures.count(group.ofKind()),
                number("%.1f", (double) look.requests() / look.accounts().size()),
                number("%.2f", traits.loadSpread()),
                number("%.2f", traits.sharedPrompts()),
                number("%.1f", traits.promptStock() / THOUSAND),
                number("%.2f", traits.exchangeability()),
                number("%.1f", traits.sharedKinds()),
                number("%.2f", traits.sharedInfrastructure()),
                number("%.2f", traits.alikeWork()),
                number("%.1f", traits.lockstep()),
                number("%.2f", traits.turnTaking()),
                number("%.2f", traits.handovers()),
                look.nearest().signature(),
                number("%+.3f", look.nearest().margin()),
                look.found().isEmpty() ? RateWords.UNKNOWN : look.severity());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? RateWords.UNKNOWN : String.format(Locale.ROOT, format, value);
    }
}

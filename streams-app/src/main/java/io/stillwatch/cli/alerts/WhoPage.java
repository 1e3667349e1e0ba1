package io.stillwatch.cli.alerts;

import io.stillwatch.campaign.LinkKind;
import io.stillwatch.cli.terminal.FactList;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.EntityType;
import io.stillwatch.replay.Dossier;
import io.stillwatch.replay.DossierReader;
import io.stillwatch.replay.report.HourlyRequests;
import io.stillwatch.schema.Alert;
import io.stillwatch.text.Ago;
import io.stillwatch.text.Figures;
import io.stillwatch.text.Sparkline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Who an alert is about, and when the requests came. */
final class WhoPage {
    private static final int WIDEST_LINE = 96;
    private static final int LEFT = 2;
    private static final int MOST_MODELS = 4;
    private static final int MOST_NAMES = 5;
    private static final int MOST_TOKENS = 3;

    private final ShownAlert shown;
    private final Alert alert;
    private final TerminalOutput output;
    private final long nowMs;

    WhoPage(ShownAlert shown, TerminalOutput output, long nowMs) {
        this.shown = shown;
        this.alert = shown.alert().newest();
        this.output = output;
        this.nowMs = nowMs;
    }

    void print() {
        FactList facts = new FactList();
        boolean one = alert.getEntityType().equals(EntityType.ACCOUNT);
        facts.add(
                one ? "account" : alert.getEntityType(),
                alert.getEntityId()
                        + (alert.getAccounts() > 0 ? " of " + Figures.counted(alert.getAccounts(), "account") : ""));
        facts.add(
                "sent",
                Figures.counted(alert.getRequests(), "request") + ", answered by "
                        + Figures.tokens(alert.getOutputTokens()) + ", since it was first seen");
        shown.dossier().ifPresent(who -> {
            facts.add("signed up", signedUp(who, one));
            facts.add("organisation", who.organizations().isEmpty() ? "none named" : few(who.organizations()));
            facts.add("models", models(who.models()));
            facts.add("API keys", who.keys() == 0 ? "none named" : number(who.keys()));
            who.links().forEach((kind, tokens) -> facts.add(kind, tokens(tokens)));
            who.shared().forEach((kind, others) -> facts.add("shared " + kind, shared(kind, others)));
            if (one && who.shared().isEmpty()) {
                facts.add("shares", "no payment, network, template or the like with others, as far as is known");
            }
            facts.add(
                    "end users",
                    who.endUsers() == 0
                            ? "none named"
                            : number(who.endUsers()) + " named by the caller, which vouches for nobody");
        });
        facts.print("Who", output);
        shown.dossier().ifPresent(who -> hours(who.hours()));
    }

    private String signedUp(Dossier who, boolean one) {
        if (who.created().isEmpty() || who.firstCreated().isEmpty()) {
            return "not known";
        }
        long oldest = who.firstCreated().get();
        long newest = who.created().get();
        return one || oldest == newest
                ? Figures.clock(newest) + ", " + before(newest)
                : "between " + Figures.clock(oldest) + " and " + Figures.clock(newest);
    }

    private String before(long created) {
        long ahead = alert.getFirstEventTime() - created;
        return ahead < 0
                ? "after its first request in the evidence"
                : Ago.of(created, alert.getFirstEventTime()).replace(" ago", "")
                        + " before its first request in the evidence";
    }

    private static String models(Map<String, Long> models) {
        long all = models.values().stream().mapToLong(Long::longValue).sum();
        List<Map.Entry<String, Long>> most = mostFirst(models);
        return most.stream()
                        .limit(MOST_MODELS)
                        .map(entry -> entry.getKey()
                                + (models.size() == 1 ? "" : " " + Figures.share((double) entry.getValue() / all)))
                        .collect(Collectors.joining(", "))
                + andMore(models.size() - MOST_MODELS);
    }

    private static String tokens(Map<String, Long> tokens) {
        String named = mostFirst(tokens).stream()
                .limit(MOST_TOKENS)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return tokens.size() == 1
                ? named
                : number(tokens.size()) + " different: " + named + andMore(tokens.size() - MOST_TOKENS);
    }

    private static List<Map.Entry<String, Long>> mostFirst(Map<String, Long> tally) {
        List<Map.Entry<String, Long>> entries = new ArrayList<>(tally.entrySet());
        entries.sort(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        return entries;
    }

    private static String shared(String kind, SortedSet<String> others) {
        String what = LinkKind.named(kind)
                .filter(known -> !known.isToken())
                .map(known -> "the " + known.words() + ", ")
                .orElse("");
        return what + "with " + number(others.size()) + (others.size() == 1 ? " other account: " : " other accounts: ")
                + few(others);
    }

    private static String few(SortedSet<String> names) {
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")) + andMore(names.size() - MOST_NAMES);
    }

    private static String andMore(long more) {
        return more > 0 ? " and " + Figures.count(more) + " more" : "";
    }

    private static String number(long count) {
        return Figures.count(count) + (count >= DossierReader.MOST_VALUES ? " or more" : "");
    }

    private void hours(HourlyRequests hours) {
        int width = Math.min(WIDEST_LINE, output.columns() - LEFT);
        HourlyRequests.Bars bars = hours.bars(Math.max(1, width));
        output.heading("Requests by hour");
        output.line("  " + Sparkline.of(bars.counts(), output.showsBlocks()));
        output.hanging("  " + Figures.clock(bars.fromMs()) + " to " + Figures.clock(bars.toMs()) + " ("
                + Ago.of(bars.toMs(), nowMs) + "); a character is "
                + Figures.window(Duration.ofHours(bars.hours()).toString())
                + ", the highest "
                + Figures.counted(
                        bars.counts().stream().max(Comparator.naturalOrder()).orElse(0L), "request")
                + "; of " + Figures.counted(hours.total(), "request") + " that are kept.");
    }
}

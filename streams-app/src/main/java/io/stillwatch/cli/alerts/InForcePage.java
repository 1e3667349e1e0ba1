package io.stillwatch.cli.alerts;

import io.stillwatch.cli.terminal.FactList;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Decision;
import io.stillwatch.text.Ago;
import io.stillwatch.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What gateways do about the accounts of an alert now, and what the allowlist says of them. */
final class InForcePage {
    private final ShownAlert shown;
    private final TerminalOutput output;
    private final long nowMs;

    InForcePage(ShownAlert shown, TerminalOutput output, long nowMs) {
        this.shown = shown;
        this.output = output;
        this.nowMs = nowMs;
    }

    void print() {
        FactList facts = new FactList();
        facts.add("decision", decisions());
        if (shown.allowed().isEmpty()) {
            facts.add(
                    "allowlist",
                    shown.dossier().isPresent()
                            ? "no entry is about it"
                            : "no entry names it itself; organisation and link keys were not looked up");
        }
        shown.allowed().forEach(entry -> facts.add("allowlist", allowed(entry)));
        facts.print("In force now", output);
    }

    private String decisions() {
        List<Decision> counting = shown.decisions().stream()
                .filter(decision -> decision.getValidUntil() == null || nowMs < decision.getValidUntil())
                .toList();
        if (counting.isEmpty()) {
            return "none: gateways let it pass"
                    + (shown.decisions().isEmpty() ? "" : "; what was decided before is over, " + newestEnd());
        }
        if (shown.alert().newest().getEntityType().equals(EntityType.ACCOUNT)) {
            return counting.stream().map(this::decision).collect(Collectors.joining("; "));
        }
        Map<String, Long> byAction = new TreeMap<>(
                counting.stream().collect(Collectors.groupingBy(InForcePage::action, Collectors.counting())));
        return byAction.entrySet().stream()
                .map(entry -> entry.getKey() + " for " + Figures.counted(entry.getValue(), "account"))
                .collect(Collectors.joining(", "));
    }

    private String newestEnd() {
        return shown.decisions().stream()
                .map(Decision::getValidUntil)
                .max(Long::compare)
                .map(end -> Ago.of(end, nowMs))
                .orElseThrow();
    }

    private String decision(Decision decision) {
        String from = decision.getEffectiveFrom() == null || decision.getEffectiveFrom() <= nowMs
                ? ""
                : " from " + Figures.clock(decision.getEffectiveFrom());
        String until = decision.getValidUntil() == null
                ? ""
                : " until " + Figures.clock(decision.getValidUntil()) + ", " + Ago.of(decision.getValidUntil(), nowMs);
        return action(decision) + from + until + ", by policy " + decision.getPolicy();
    }

    private static String action(Decision decision) {
        String action = decision.getAction().name().toLowerCase(Locale.ROOT);
        return decision.getRate() == null
                ? action
                : action + " to " + Figures.number(decision.getRate()) + " requests a minute";
    }

    private String allowed(AllowlistEntry entry) {
        String until = entry.getExpiresAt() == null
                ? ""
                : nowMs < entry.getExpiresAt()
                        ? " until " + Figures.clock(entry.getExpiresAt())
                        : ", lapsed " + Ago.of(entry.getExpiresAt(), nowMs);
        return entry.getId() + ": " + AllowlistListCommand.subject(entry) + " may not alert for "
                + (entry.getSignatureId() == null ? "any signature" : entry.getSignatureId()) + until + ", said "
                + entry.getOwner() + ": " + entry.getReason();
    }
}

package io.stillwatch.cli.run;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.evaluate.Watch;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.replay.SetAside;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.runtime.Feed;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.text.Figures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The closing lines of a replay: the alerts with their evidence, and what was read. */
final class ReplayOutcome {
    private ReplayOutcome() {}

    static void print(Replayed replayed, TerminalOutput output, boolean piped) {
        Consumer<String> result = piped ? output::notice : output::prose;
        List<Alert> steps = replayed.steps();
        Feed feed = replayed.feed();
        SetAside.Tally setAside = replayed.setAside();
        List<AlertLife> lives = AlertLife.of(steps);
        TextTable table = new TextTable("opened", "severity", "entity", "score", "after", "state", "behaviour");
        for (AlertLife life : lives) {
            Alert first = life.steps().get(0);
            Alert last = life.last();
            table.row(
                    Instant.ofEpochMilli(first.getTime()).toString().substring(0, 16) + "Z",
                    last.getSeverity(),
                    last.getEntityId(),
                    Figures.score(last.getScore()),
                    String.format(Locale.ROOT, "%,d", first.getRequests()),
                    last.getState().name().toLowerCase(Locale.ROOT),
                    last.getFindings().get(0).getTitle());
        }
        if (!lives.isEmpty()) {
            if (piped) {
                table.lines().forEach(line -> output.notice(line.plain()));
            } else {
                output.table(table);
            }
            result.accept("");
            for (AlertLife life : lives) {
                result.accept(life.last().getExplanation());
            }
            result.accept("");
        }
        setAside.firstCause()
                .ifPresent(cause -> output.notice(String.format(
                        Locale.ROOT,
                        "The pipeline set %,d events aside; the first because: %s",
                        setAside.records(),
                        cause)));
        result.accept(String.format(
                Locale.ROOT,
                "%,d events of %,d accounts read, %,d records rejected, %,d skipped%s; %,d %s%s.",
                feed.accepted(),
                replayed.accounts(),
                feed.rejected(),
                feed.skipped(),
                replayed.fate()
                        .map(LossTotals::words)
                        .map(words -> words.isEmpty() ? "" : "; of the events " + words)
                        .orElse("; 'stillwatch losses' will tell which of them counted"),
                lives.size(),
                lives.size() == 1 ? "alert" : "alerts",
                lives.isEmpty() ? "" : naming(steps, replayed.members())));
    }

    /**
     * What to say where a run has looked at nothing at all, which must not end as if all were well.
     *
     * @return empty where something was looked at
     */
    static Optional<String> nothing(Feed feed, Optional<LossTotals> fate) {
        if (feed.accepted() == 0) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "Nothing was looked at: of %,d records none is a model call that can be read; docs/input-formats.md"
                            + " says what can.",
                    feed.rejected() + feed.skipped()));
        }
        return feed.sent() > 0 && fate.filter(what -> what.counted() == 0).isPresent()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Nothing was looked at: of %,d events that were sent %s.",
                        feed.sent(),
                        fate.get().words()))
                : Optional.empty();
    }

    /** How many accounts are accused, counted as {@code evaluate} counts: a campaign's alert names its members. */
    private static String naming(List<Alert> steps, List<CampaignMember> members) {
        Watch watch = new Watch();
        members.forEach(member -> watch.member(member.getCampaignId(), member.getAccountId(), member.getTime()));
        steps.forEach(watch::alert);
        return " naming " + Figures.counted(watch.named().size(), "account");
    }
}

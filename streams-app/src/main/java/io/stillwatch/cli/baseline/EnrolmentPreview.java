package io.stillwatch.cli.baseline;

import io.stillwatch.account.EnrolmentTrial;
import io.stillwatch.baseline.Enrolment;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.text.Figures;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an enrolment would have changed, in words. */
final class EnrolmentPreview {
    private static final int MOST_BREACHES = 3;

    private final EnrolmentTrial trial;
    private final Enrolment enrolment;
    private final TerminalOutput output;

    EnrolmentPreview(EnrolmentTrial trial, Enrolment enrolment, TerminalOutput output) {
        this.trial = trial;
        this.enrolment = enrolment;
        this.output = output;
    }

    /** @param source what it was tried on, as in "the logs given" */
    void print(String source) {
        if (trial.days().isEmpty()) {
            output.prose("Of " + enrolment.account() + " nothing is known from " + source
                    + ", so what the enrolment would have changed cannot be said.");
            return;
        }
        output.prose("Tried on " + source + ", " + Figures.counted(trial.days().size(), "day") + " of "
                + enrolment.account() + ":");
        fit();
        alerts();
    }

    private void fit() {
        List<Map.Entry<Long, EnrolmentTrial.Day>> breached = trial.days().entrySet().stream()
                .filter(day -> day.getValue().breach().isPresent())
                .toList();
        output.prose(
                breached.isEmpty()
                        ? "It kept to what is agreed on."
                        : "On " + Figures.counted(breached.size(), "day")
                                + " it did not keep to what is agreed on, and nothing would have been vouched for:");
        breached.stream()
                .limit(MOST_BREACHES)
                .forEach(day -> output.line("  " + LocalDate.ofEpochDay(day.getKey()) + ": "
                        + day.getValue().breach().orElseThrow()));
        if (breached.size() > MOST_BREACHES) {
            output.line("  and so on");
        }
        double[] covered = trial.days().values().stream()
                .filter(day -> day.breach().isEmpty())
                .mapToDouble(EnrolmentTrial.Day::covered)
                .filter(share -> !Double.isNaN(share))
                .sorted()
                .toArray();
        if (covered.length > 0) {
            output.prose("On the middle day " + percent(covered[covered.length / 2])
                    + " of its prompts are what the enrolment covers, on the least covered day " + percent(covered[0])
                    + "; the others lie outside.");
        } else if (breached.size() < trial.days().size()) {
            output.prose("Its days have too few prompts to say whether the enrolment covers them.");
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void alerts() {
        int before = trial.without().opened().size();
        int after = trial.with().opened().size();
        output.prose(
                before == 0 && after == 0
                        ? "No alert would have been opened, with it or without it."
                        : "It would have had " + Figures.counted(before, "alert") + " without the enrolment, " + after
                                + " with it.");
        Set<String> signatures = new HashSet<>(trial.without().bySignature().keySet());
        signatures.addAll(trial.with().bySignature().keySet());
        if (!signatures.isEmpty()) {
            TextTable table = new TextTable("signature", "severity", "days found without", "with");
            signatures.stream().sorted().forEach(id -> {
                Optional<EnrolmentTrial.Found> without =
                        Optional.ofNullable(trial.without().bySignature().get(id));
                Optional<EnrolmentTrial.Found> with =
                        Optional.ofNullable(trial.with().bySignature().get(id));
                table.row(id, without.or(() -> with).orElseThrow().severity(), days(without), days(with));
            });
            output.table(table);
        }
    }

    private static String days(Optional<EnrolmentTrial.Found> found) {
        return Figures.count(
                found.map(EnrolmentTrial.Found::days).map(Collection::size).orElse(0));
    }
}

package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.ErrorBudget;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many honest accounts may be flagged. */
final class BudgetOptions {
    @Option(
            names = "--above-low-percent",
            paramLabel = "P",
            description = "How many honest accounts in a hundred may have an alert above low, a week (default: 0.1).")
    private Optional<Double> aboveLow = Optional.empty();

    @Option(
            names = "--low-percent",
            paramLabel = "P",
            description = "How many in a hundred may be flagged at low, a week (default: 1).")
    private Optional<Double> low = Optional.empty();

    @Option(
            names = "--contamination-percent",
            paramLabel = "P",
            description = "How many accounts in a hundred of this history may be harvesters that nobody has named"
                    + " (default: 2). Those that look most like harvests are set aside, up to so many; 0 says that"
                    + " everybody here is honest.")
    private Optional<Double> contamination = Optional.empty();

    @Option(
            names = "--honest",
            paramLabel = "ACCOUNT",
            split = ",",
            description =
                    "Accounts that you know to be honest, separated by commas; they are never set aside. Repeatable.")
    private List<String> honest = List.of();

    @Option(
            names = "--allow-blind",
            paramLabel = "SIGNATURE",
            split = ",",
            description = "Signatures that may lose their sight to the budget, separated by commas. Repeatable.")
    private List<String> blind = List.of();

    @Option(
            names = "--contamination-curve",
            description = "Also print what becomes of the budget when 0 to 5 %% of the accounts are hidden harvesters.")
    private boolean curve;

    @Option(names = "--no-budget", description = "Learn what is normal, and leave signatures as they are.")
    private boolean none;

    boolean isWanted() {
        return !none;
    }

    boolean wantsCurve() {
        return curve;
    }

    List<String> honest() {
        return honest;
    }

    List<String> blind() {
        return blind;
    }

    ErrorBudget budget() {
        return new ErrorBudget(
                share("--above-low-percent", aboveLow, ErrorBudget.DEFAULT.aboveLow(), 100),
                share("--low-percent", low, ErrorBudget.DEFAULT.low(), 100),
                share("--contamination-percent", contamination, ErrorBudget.DEFAULT.contamination(), 49));
    }

    private static double share(String name, Optional<Double> percent, double usual, double most) {
        percent.filter(given -> !(given >= 0 && given <= most)).ifPresent(given -> {
            throw new UserException(
                    name + " must be a number from 0 to " + Math.round(most) + ", such as 0.5.", ExitStatus.USAGE);
        });
        return percent.map(given -> given / 100).orElse(usual);
    }
}

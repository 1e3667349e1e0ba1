package io.stillwatch.cli.option;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Dictionary;
import io.stillwatch.baseline.DictionaryFile;
import io.stillwatch.baseline.Reference;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What accounts are compared with. */
public final class ReferenceOptions {
    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "What normal traffic looks like, as 'stillwatch calibrate' learned it (default: simulated"
                    + " traffic).")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "Enrolled accounts and known kits, as 'enroll' and 'kits' keep them (default: kits of the"
                    + " simulator).")
    private Optional<Path> dictionary = Optional.empty();

    @Option(
            names = "--false-alerts-per-day",
            paramLabel = "N",
            description = "Error budget of the evidence of days: how many honest accounts a day it may alert on, on"
                    + " average (default: 1).")
    private Optional<Double> falseAlertsPerDay = Optional.empty();

    /**
     * Reads them.
     *
     * @throws UserException naming the file and what to do
     */
    public Reference load() {
        double budget = falseAlertsPerDay.orElse(Reference.DEFAULT_FALSE_ALERTS_PER_DAY);
        if (!(budget > 0 && budget < Double.POSITIVE_INFINITY)) {
            throw new UserException(
                    "--false-alerts-per-day must be a number above 0, such as 0.1 for one in ten days.",
                    ExitStatus.USAGE);
        }
        if (baseline.isEmpty() && dictionary.isEmpty() && falseAlertsPerDay.isEmpty()) {
            return checked(Reference::bundled);
        }
        Baseline known = checked(() -> baseline.map(BaselineFile::read).orElseGet(BaselineFile::bundled));
        return new Reference(known, dictionary(), budget);
    }

    /** Kits and enrolments: the given ones, or else those that ship. */
    public Dictionary dictionary() {
        return checked(() -> dictionary.map(DictionaryFile::read).orElseGet(DictionaryFile::bundled));
    }

    /** A dictionary to change: a file that is not there yet begins with the kits that ship. */
    public static Dictionary toChange(Path file) {
        return checked(() -> Files.exists(file) ? DictionaryFile.read(file) : DictionaryFile.bundled());
    }

    /** What a file holds, with a sentence for the user where it cannot be read. */
    public static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (BaselineException e) {
            throw new UserException(e.getMessage() + ".", ExitStatus.FAILURE, e);
        }
    }

    /** Writes a dictionary to a file. */
    public static void write(Path file, Dictionary dictionary) {
        checked(() -> {
            DictionaryFile.write(file, dictionary);
            return dictionary;
        });
    }
}

package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Atom;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.History;
import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.baseline.Population;
import io.stillwatch.baseline.Terms;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts whose history by itself speaks for them. What is vouched for is no more than what they have shown for weeks: what
 * they asked, the busiest day's requests, and that for a limited time. Who keeps a past clean so as to harvest afterwards has to
 * go on like it, and where it turns, signatures that heed no enrolment look for that.
 */
final class CleanPasts {
    /** Days with requests that a history takes. */
    static final int LEAST_DAYS = 14;

    /** Days of event time, from the last request of the history on, that are vouched for. */
    static final int TERM_DAYS = 60;

    /** Nine in ten accounts that go on as they began stay below; see {@link Population#drift}. */
    private static final double MOST_DRIFT = 1;

    private final History history;
    private final Set<String> found;
    private final Set<String> likeKits;
    private final Population population = BaselineFile.bundled().population();
    private final List<Atom> atoms = new ArrayList<>();
    private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);

    private enum Reason {
        YOUNG("were active on fewer than " + LEAST_DAYS + " days"),
        FEW("sent too few prompts"),
        FOUND("were found by a signature"),
        KIT("ask what known kits ask"),
        MOVED("do not ask what they asked at first");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /**
     * Looks through a history.
     *
     * @param found accounts that a signature held for
     * @param likeKits accounts that ask what known kits ask
     */
    CleanPasts(History history, Set<String> found, Set<String> likeKits) {
        this.history = history;
        this.found = Set.copyOf(found);
        this.likeKits = Set.copyOf(likeKits);
        for (String account : history.accounts()) {
            Optional<Reason> reason = refusal(account);
            reason.ifPresent(why -> refused.merge(why, 1, Integer::sum));
            if (reason.isEmpty()) {
                atoms.add(atom(account));
            }
        }
    }

    private Optional<Reason> refusal(String account) {
        Set<Long> days = history.days(account);
        if (days.size() < LEAST_DAYS) {
            return Optional.of(Reason.YOUNG);
        }
        if (found.contains(account)) {
            return Optional.of(Reason.FOUND);
        }
        if (likeKits.contains(account)) {
            return Optional.of(Reason.KIT);
        }
        Optional<OwnBaseline> own = history.ownBaseline(account);
        if (own.isEmpty()) {
            return Optional.of(Reason.FEW);
        }
        // Each half of what came after counts by itself, so that a turn at the end is not lost in what came before.
        long middle = days.stream().sorted().skip(days.size() / 2).findFirst().orElseThrow();
        double early = drift(account, own.get(), own.get().untilHour() / 24 + 1, middle - 1);
        double late =
                drift(account, own.get(), Math.max(middle, own.get().untilHour() / 24 + 1), Collections.max(days));
        return Double.isNaN(late)
                ? Optional.of(Reason.FEW)
                : late > MOST_DRIFT || early > MOST_DRIFT ? Optional.of(Reason.MOVED) : Optional.empty();
    }

    private double drift(String account, OwnBaseline own, long fromDay, long toDay) {
        return history.between(account, fromDay, toDay)
                .promptMean()
                .map(later -> population.drift(own, later))
                .orElse(Double.NaN);
    }

    private Atom atom(String account) {
        Set<Long> days = history.days(account);
        long busiest = days.stream()
                .mapToLong(day -> history.between(account, day, day).requests())
                .max()
                .orElseThrow();
        long expiresMs = Duration.ofDays(Collections.max(days) + 1 + TERM_DAYS).toMillis();
        PromptMean mean = history.whole(account).promptMean().orElseThrow();
        return new Atom(
                Atom.Kind.ENROLLED,
                account,
                "clean history of " + Figures.counted(days.size(), "day"),
                mean,
                Optional.of(new Terms(busiest, 0, expiresMs)));
    }

    List<Atom> atoms() {
        return atoms;
    }

    /** Says who was not taken, and why. */
    void tell(TerminalOutput output) {
        refused.forEach((reason, number) ->
                output.notice(Figures.counted(number, "account") + " are not enrolled: they " + reason.words + "."));
    }
}

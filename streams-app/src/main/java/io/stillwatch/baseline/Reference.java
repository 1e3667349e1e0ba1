package io.stillwatch.baseline;

import io.stillwatch.profile.Comparisons;
import io.stillwatch.profile.Feature;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.PromptMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What accounts are compared with: a baseline and a dictionary. Immutable and thread-safe. */
public final class Reference {
    /** Nothing: every comparison is NaN. */
    public static final Reference NONE = new Reference();

    private final Optional<Baseline> baseline;
    private final Optional<Mixture> mixture;

    private Reference() {
        this.baseline = Optional.empty();
        this.mixture = Optional.empty();
    }

    public Reference(Baseline baseline, Dictionary dictionary) {
        List<Atom> atoms = new ArrayList<>(baseline.general());
        atoms.addAll(dictionary.atoms());
        this.baseline = Optional.of(baseline);
        this.mixture = Optional.of(new Mixture(baseline.population(), atoms));
    }

    private static final class Bundled {
        private static final Reference INSTANCE = new Reference(BaselineFile.bundled(), DictionaryFile.bundled());
    }

    /** The baseline and the kits that ship, both of simulated traffic. */
    public static Reference bundled() {
        return Bundled.INSTANCE;
    }

    /** How alerts name the baseline; empty without one. */
    public String name() {
        return baseline.map(Baseline::name).orElse("");
    }

    /**
     * Compares an account.
     *
     * @param account its id, for its enrolment
     * @param profile of the window, or of the part of it
     * @param change gives what drift is read from; empty where the account has no frozen baseline
     */
    public Comparisons of(String account, Profile profile, Supplier<Optional<Change>> change) {
        return baseline.<Comparisons>map(known -> new Lazy(known, account, profile, change))
                .orElse(Comparisons.NONE);
    }

    /**
     * An account's prompts before and after its baseline was frozen.
     *
     * @param before the frozen baseline
     * @param after prompts of the window that are not in it
     */
    public record Change(OwnBaseline before, PromptMean after) {}

    /** Computed when asked for, as most looks at an account ask for none of it; for one thread. */
    private final class Lazy implements Comparisons {
        private final Baseline known;
        private final String account;
        private final Profile profile;
        private final Supplier<Optional<Change>> change;
        private Mixture.Shares shares;

        Lazy(Baseline known, String account, Profile profile, Supplier<Optional<Change>> change) {
            this.known = known;
            this.account = account;
            this.profile = profile;
            this.change = change;
        }

        @Override
        public double get(Kind kind) {
            return switch (kind) {
                case DISTANCE ->
                    profile.promptMean().map(known.population()::distance).orElse(Double.NaN);
                case DRIFT ->
                    change.get()
                            .map(both -> known.population().drift(both.before(), both.after()))
                            .orElse(Double.NaN);
                case ANSWER_LENGTH -> known.answers().ratio(profile);
                case KITS -> kits();
                case ENROLLED -> shares().enrolled();
                case PUBLIC -> shares().general();
                case UNKNOWN -> shares().unknown();
            };
        }

        /**
         * The larger of the shares without and with the account's own past: an app that turns to a kit shows best beside
         * what it was, and an account that was hostile from the first has no past that could excuse it.
         */
        private double kits() {
            double beside = change.get()
                    .flatMap(both -> mixture.map(atoms -> atoms.kitsBeside(both.before(), both.after())))
                    .orElse(Double.NaN);
            double alone = shares().kits();
            return Double.isNaN(beside) ? alone : Double.isNaN(alone) ? beside : Math.max(beside, alone);
        }

        private Mixture.Shares shares() {
            if (shares == null) {
                shares = profile.promptMean()
                        .flatMap(mean -> mixture.map(atoms -> atoms.of(account, mean)))
                        .orElse(Mixture.Shares.NONE);
            }
            return shares;
        }

        @Override
        public double quantile(Feature feature, double value) {
            return known.quantile(profile, feature, value);
        }
    }
}

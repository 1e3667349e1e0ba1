package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Bar;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What accounts are compared with, a baseline and a dictionary, and how often that may go wrong. Immutable and thread-safe. */
public final class Reference {
    /** Error budget unless another is asked for: one honest account a day. */
    public static final double DEFAULT_FALSE_ALERTS_PER_DAY = 1;

    /** Nothing: every comparison is NaN. */
    public static final Reference NONE = new Reference();

    private final Optional<Baseline> baseline;
    private final Optional<Mixture> mixture;
    private final Dictionary dictionary;
    private final Map<String, Enrolment> enrolments;
    private final double falseAlertsPerDay;

    private Reference() {
        this.baseline = Optional.empty();
        this.mixture = Optional.empty();
        this.dictionary = Dictionary.EMPTY;
        this.enrolments = Map.of();
        this.falseAlertsPerDay = DEFAULT_FALSE_ALERTS_PER_DAY;
    }

    public Reference(Baseline baseline, Dictionary dictionary) {
        this(baseline, dictionary, DEFAULT_FALSE_ALERTS_PER_DAY);
    }

    /**
     * Makes one.
     *
     * @param falseAlertsPerDay the error budget: how many honest accounts a day their evidence may alert on, on average;
     *     above 0
     */
    public Reference(Baseline baseline, Dictionary dictionary, double falseAlertsPerDay) {
        this(baseline, dictionary, Map.of(), falseAlertsPerDay);
    }

    private Reference(
            Baseline baseline, Dictionary dictionary, Map<String, Enrolment> enrolments, double falseAlertsPerDay) {
        if (!(falseAlertsPerDay > 0)) {
            throw new IllegalArgumentException("an error budget must be above 0, not " + falseAlertsPerDay);
        }
        List<Atom> atoms = new ArrayList<>(baseline.general());
        enrolments.values().forEach(enrolment -> atoms.add(enrolment.asks()));
        atoms.addAll(dictionary.atoms());
        this.baseline = Optional.of(baseline);
        this.mixture = Optional.of(new Mixture(baseline.population(), atoms));
        this.dictionary = dictionary;
        this.enrolments = Map.copyOf(enrolments);
        this.falseAlertsPerDay = falseAlertsPerDay;
    }

    /** The same dictionary, enrolments and error budget with another baseline. */
    public Reference with(Baseline other) {
        return new Reference(other, dictionary, enrolments, falseAlertsPerDay);
    }

    /**
     * The same with enrolments by record of a contract, by account, in place of those of the dictionary for the same
     * accounts. Without a baseline there is nothing to compare with, and nothing changes.
     */
    public Reference enrolling(Map<String, Enrolment> others) {
        return baseline.map(known -> new Reference(known, dictionary, others, falseAlertsPerDay))
                .orElse(this);
    }

    private static final class Bundled {
        private static final Reference INSTANCE = new Reference(BaselineFile.bundled(), DictionaryFile.bundled());
    }

    /** The baseline and the kits that ship, both of simulated traffic. */
    public static Reference bundled() {
        return Bundled.INSTANCE;
    }

    /** How long answers usually are; nothing without a baseline. */
    public AnswerLengths answers() {
        return baseline.map(Baseline::answers).orElse(AnswerLengths.NONE);
    }

    /** What normal traffic looks like. */
    public Optional<Baseline> baseline() {
        return baseline;
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
     * @param whole gives all the account's requests of the window, for what was agreed on with it
     * @param change gives what drift is read from; empty where the account has no frozen baseline
     * @param standing gives what evidence is read from
     */
    public Comparisons of(
            String account,
            Profile profile,
            Supplier<Profile> whole,
            Supplier<Optional<Change>> change,
            Supplier<EvidenceBasis> standing) {
        return baseline.<Comparisons>map(known -> new Lazy(known, account, profile, whole, change, standing))
                .orElse(Comparisons.NONE);
    }

    /** Share of all that an account asks that known kits explain; NaN where too little is known. */
    public double kitsShare(Profile profile) {
        return of("", profile, () -> profile, Optional::empty, () -> new EvidenceBasis(new DayLevels(), 0, 0))
                .get(Comparisons.Kind.KITS);
    }

    /**
     * An account's prompts before and after its baseline was frozen.
     *
     * @param before the frozen baseline
     * @param after the window's requests that are not in it, at least one of them with an embedded prompt
     * @param outliers among the requests after it, within the window or not
     * @param course gives all stretches after it, within the window or not, in the order of time
     */
    public record Change(OwnBaseline before, Profile after, Outliers outliers, Supplier<List<Stretch>> course) {
        PromptMean prompts() {
            return after.promptMean().orElseThrow();
        }
    }

    /** That it was asked for, and what came of it. */
    private record Made(Optional<Change> change) {}

    /** The same of the turn. */
    private record Turned(Optional<Turn> turn) {}

    /** The same of the outliers. */
    private record Compared(Optional<OutlierComparison> outliers) {}

    /** Computed when asked for, as most looks at an account ask for none of it; for one thread. */
    private final class Lazy implements Comparisons {
        private final Baseline known;
        private final String account;
        private final Profile profile;
        private final Supplier<Profile> whole;
        private final Supplier<Optional<Change>> change;
        private final Supplier<EvidenceBasis> standing;
        private Mixture.@Nullable Shares shares;
        private @Nullable Made changeMade;
        private @Nullable Turned turned;
        private @Nullable Compared compared;

        Lazy(
                Baseline known,
                String account,
                Profile profile,
                Supplier<Profile> whole,
                Supplier<Optional<Change>> change,
                Supplier<EvidenceBasis> standing) {
            this.known = known;
            this.whole = whole;
            this.account = account;
            this.profile = profile;
            this.change = change;
            this.standing = standing;
        }

        @Override
        public double get(Kind kind) {
            return switch (kind) {
                case DISTANCE ->
                    profile.promptMean().map(known.population()::distance).orElse(Double.NaN);
                case DRIFT ->
                    change().map(both -> known.population().drift(both.before(), both.prompts()))
                            .orElse(Double.NaN);
                case KITS_RISE -> changed(this::kitsRise);
                case ASKED_RISE ->
                    changed(both -> Habits.of(both.after()).rise(both.before().habits()));
                case ANSWER_GROWTH ->
                    changed(both -> Habits.of(both.after()).growth(both.before().habits()));
                case TURN_AGE -> turned(Turn::hours);
                case NEW_SHARE -> turned(this::newShare);
                case FORM_CHANGE ->
                    turned(since ->
                            Habits.of(since.after()).change(since.before().habits()));
                case PEOPLE_FALL ->
                    turned(since -> since.before().habits().people()
                            - Habits.of(since.after()).people());
                case OUTLIER_EVIDENCE,
                        OUTLIERS,
                        OUTLIER_SHARE,
                        OUTLIER_AGE,
                        OUTLIER_KITS,
                        OUTLIER_SOUGHT,
                        OUTLIER_CODE,
                        OUTLIER_ANSWERS ->
                    outliers().map(run -> run.get(kind, mixture)).orElse(Double.NaN);
                case ANSWER_LENGTH -> known.answers().ratio(profile);
                case EVIDENCE -> evidence();
                case EVIDENCE_NEEDED -> needed();
                case EVIDENCE_DAYS -> known.evidence().isEmpty() ? Double.NaN : days();
                case KITS -> kits();
                case ENROLLED -> enrolled();
                case PUBLIC -> shares().general();
                case UNKNOWN -> shares().unknown();
            };
        }

        /**
         * The larger of the shares without and with the account's own past: an app that turns to a kit shows best beside
         * what it was, and an account that was hostile from the first has no past that could excuse it.
         */
        private double kits() {
            double beside = change().flatMap(both -> mixture.map(
                            atoms -> atoms.beside(both.before(), both.prompts()).kits()))
                    .orElse(Double.NaN);
            double alone = shares().kits();
            return Double.isNaN(beside) ? alone : Double.isNaN(alone) ? beside : Math.max(beside, alone);
        }

        /** Made once: it may take merging panes. */
        private Optional<Change> change() {
            if (changeMade == null) {
                changeMade = new Made(change.get());
            }
            return changeMade.change();
        }

        /** Every look asks, and hardly an account is enrolled, so the mixture is not solved for those that are not. */
        private double enrolled() {
            boolean possible = mixture.map(atoms -> atoms.enrolls(vouchedFor())).orElse(true);
            return possible
                    ? shares().enrolled()
                    : profile.promptMean()
                            .filter(mean -> mean.prompts() >= Mixture.LEAST_PROMPTS)
                            .map(mean -> 0.0)
                            .orElse(Double.NaN);
        }

        /** Found once: it takes all panes since the baseline was frozen. */
        private Optional<Turn> turn() {
            if (turned == null) {
                turned = new Turned(change().filter(Lazy::isTelling)
                        .flatMap(both -> Turn.of(
                                known.population().whitening(),
                                both.before(),
                                both.prompts(),
                                both.course().get())));
            }
            return turned.turn();
        }

        private Optional<OutlierComparison> outliers() {
            if (compared == null) {
                compared = new Compared(change().map(OutlierComparison::new));
            }
            return compared.outliers();
        }

        private static boolean isTelling(Change both) {
            return both.prompts().prompts() >= OwnBaseline.LEAST_LATER;
        }

        private double turned(ToDoubleFunction<Turn> comparison) {
            return turn().map(comparison::applyAsDouble).orElse(Double.NaN);
        }

        /** What the account's own past does not explain of what came since. */
        private double newShare(Turn since) {
            return mixture.map(atoms ->
                            1 - atoms.beside(since.before(), since.prompts()).enrolled())
                    .orElse(Double.NaN);
        }

        @Override
        public Optional<String> words(String feature) {
            return switch (feature) {
                case "enrolled_share" -> enrolment();
                case "turn_age" -> turn().map(TurnWords::new).map(TurnWords::since);
                case "new_share" -> turn().map(this::newShare).map(TurnWords::newShare);
                case "kits_rise" ->
                    change().filter(Lazy::isTelling)
                            .flatMap(both -> mixture.map(atoms -> TurnWords.kits(
                                    atoms.of("", both.before().mean()).kits(),
                                    atoms.beside(both.before(), both.prompts()).kits())));
                case "asked_rise" -> turn().map(TurnWords::new).flatMap(TurnWords::asked);
                case "form_change" -> turn().map(TurnWords::new).flatMap(TurnWords::form);
                case "answer_growth" -> turn().map(TurnWords::new).flatMap(TurnWords::answers);
                case "people_fall" -> turn().map(TurnWords::new).map(TurnWords::people);
                default -> outliers().flatMap(run -> run.words(feature));
            };
        }

        /** The account, where whoever vouches for it means what it does; no account else. */
        private String vouchedFor() {
            return breach().isPresent() ? "" : account;
        }

        private Optional<String> breach() {
            Enrolment own = enrolments.get(account);
            return own != null
                    ? own.breach(whole.get())
                    : mixture.flatMap(atoms -> atoms.terms(account)).flatMap(terms -> terms.breach(whole.get()));
        }

        /** What an enrolment covers of the prompts; empty where the account has none. */
        private Optional<String> enrolment() {
            Optional<Enrolment> own = Optional.ofNullable(enrolments.get(account));
            if (own.isEmpty() && !mixture.map(atoms -> atoms.enrolls(account)).orElse(false)) {
                return Optional.empty();
            }
            String who = own.map(Enrolment::words).orElse("enrolled by its history");
            double share = enrolled();
            return Optional.of(breach().map(why -> who + ", which vouches for nothing now: " + why)
                    .orElseGet(() -> Double.isNaN(share)
                            ? who + "; of fewer than " + Mixture.LEAST_PROMPTS + " prompts nothing can be said"
                            : who + ": " + Figures.share(Math.rint(share * 100) / 100) + " of the prompts are what that"
                                    + " covers, " + Figures.share(1 - Math.rint(share * 100) / 100) + " lie outside"));
        }

        private double changed(ToDoubleFunction<Change> comparison) {
            return change().filter(Lazy::isTelling)
                    .map(comparison::applyAsDouble)
                    .orElse(Double.NaN);
        }

        /** How much more of what came later looks like kits, beside the account's past, than of the past by itself. */
        private double kitsRise(Change both) {
            return mixture.map(
                            atoms -> atoms.beside(both.before(), both.prompts()).kits()
                                    - atoms.of("", both.before().mean()).kits())
                    .orElse(Double.NaN);
        }

        private double evidence() {
            EvidenceBasis now = standing.get();
            return known.evidence().isEmpty() || days() == 0
                    ? Double.NaN
                    : known.evidence().get().log10(now.days(), now.today());
        }

        /** Until others have been counted, there are as many as the baseline was learned from. */
        private double needed() {
            EvidenceBasis now = standing.get();
            return known.evidence()
                    .map(learned -> Math.log10(
                            (now.activeAccounts() > 0 ? now.activeAccounts() : learned.accounts()) / falseAlertsPerDay))
                    .orElse(Double.NaN);
        }

        private double days() {
            EvidenceBasis now = standing.get();
            return Arrays.stream(now.days().counts(now.today() - Evidence.MOST_DAYS, now.today()))
                    .sum();
        }

        private Mixture.Shares shares() {
            if (shares == null) {
                shares = profile.promptMean()
                        .flatMap(mean -> mixture.map(atoms -> atoms.of(vouchedFor(), mean)))
                        .orElse(Mixture.Shares.NONE);
            }
            return shares;
        }

        @Override
        public double quantile(Feature feature, double value) {
            return known.quantile(profile, feature, value);
        }

        @Override
        public Optional<Bar> bar(String signature, int version) {
            return known.bars().of(signature, version, profile);
        }
    }
}

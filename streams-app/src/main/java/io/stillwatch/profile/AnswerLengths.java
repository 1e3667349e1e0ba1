package io.stillwatch.profile;

import io.stillwatch.profile.sketch.LogHistogram;
import io.stillwatch.profile.sketch.ModelMix;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long the answers of each model usually are: what an account's answers are measured by, since a model that reasons
 * answers at length whoever asks. Immutable.
 */
public final class AnswerLengths {
    /** Nothing is known, so nothing can be measured. */
    public static final AnswerLengths NONE = new AnswerLengths(Double.NaN, new TreeMap<>());

    /** Answers below which an account's length says too little. */
    static final int LEAST_ANSWERS = 16;

    private static final double LEVELS_AN_OCTAVE = 2;

    private final double overall;
    private final SortedMap<String, Double> byModel;
    private final Map<Short, Double> levels = new HashMap<>();

    /**
     * Takes geometric means.
     *
     * @param overall tokens of an answer of a model that is not listed; NaN when nothing is known
     * @param byModel tokens of an answer, by the model's name; each above 0
     */
    public AnswerLengths(double overall, SortedMap<String, Double> byModel) {
        this.overall = overall;
        this.byModel = Collections.unmodifiableSortedMap(new TreeMap<>(byModel));
        byModel.forEach((model, tokens) -> levels.put(ModelMix.code(model), levelOf(tokens)));
    }

    private static double levelOf(double tokens) {
        return LogHistogram.levelOf(tokens);
    }

    public boolean isEmpty() {
        return Double.isNaN(overall);
    }

    /** Tokens of an answer of any model: geometric mean. */
    public double overall() {
        return overall;
    }

    /** Tokens of an answer by the model's name: geometric means. */
    public SortedMap<String, Double> byModel() {
        return byModel;
    }

    /**
     * How much longer a profile's answers are than those models usually give, by geometric means: observed over expected,
     * with the profile's own mix of models (indirect standardisation).
     *
     * @return 1 for usual ones; NaN below {@value #LEAST_ANSWERS} answers or when nothing is known
     */
    public double ratio(Profile profile) {
        Expectation expected = new Expectation();
        profile.models.read(expected::add);
        long answers = profile.counts.get(Count.OUTPUT_KNOWN);
        if (isEmpty() || answers < LEAST_ANSWERS) {
            return Double.NaN;
        }
        // Answers of requests that name no model are of any.
        double level = expected.level + (answers - expected.answers) * levelOf(overall);
        double above = (profile.answerTokens.levels() - level) / answers;
        return Math.pow(2, above / LEVELS_AN_OCTAVE);
    }

    private final class Expectation {
        private double level;
        private long answers;

        void add(short code, long more, long unusedLevels) {
            Double usual = levels.get(code);
            level += more * (usual == null ? levelOf(overall) : usual);
            answers += more;
        }
    }

    /** Gathers the answers of accounts. Not thread-safe. */
    public static final class Learner {
        /** Answers of a model below which its mean is not told from that of all. */
        private static final int LEAST_OF_A_MODEL = 30;

        private final double mostOfAnAccount;
        private final Map<Short, double[]> byCode = new HashMap<>();

        /**
         * Begins with nothing.
         *
         * @param mostOfAnAccount answers of a model that an account counts for at most, so that none decides alone
         */
        public Learner(int mostOfAnAccount) {
            this.mostOfAnAccount = mostOfAnAccount;
        }

        /** Takes in all of an account's requests. */
        public void account(Profile whole) {
            whole.models.read((code, answers, levels) -> {
                if (answers > 0) {
                    double weight = Math.min(mostOfAnAccount, (double) answers);
                    double[] sums = byCode.computeIfAbsent(code, unseen -> new double[3]);
                    sums[0] += weight;
                    sums[1] += weight * levels / answers;
                    sums[2] += answers;
                }
            });
        }

        /**
         * What was learned.
         *
         * @param models names that there are
         */
        public AnswerLengths learned(Iterable<String> models) {
            double weight = 0;
            double levels = 0;
            for (double[] sums : byCode.values()) {
                weight += sums[0];
                levels += sums[1];
            }
            if (weight == 0) {
                return NONE;
            }
            SortedMap<String, Double> byModel = new TreeMap<>();
            for (String model : models) {
                double[] sums = byCode.get(ModelMix.code(model));
                if (sums != null && sums[2] >= LEAST_OF_A_MODEL) {
                    byModel.put(model, LogHistogram.numberAt(sums[1] / sums[0]));
                }
            }
            return new AnswerLengths(LogHistogram.numberAt(levels / weight), byModel);
        }
    }
}

package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.fingerprint.TokenTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Makes rows of the shipped table again, from the model, and compares. */
class TokenTableRowsTest {
    private static final int DIMENSIONS = TableRecipe.DIMENSIONS;
    private static final int SAMPLE = 60;
    private static final int MOST_TEXTS = 5;

    private static SentenceModel model;
    private static TableRecipe recipe;
    private static Projection projection;
    private static PieceWeights weights;
    private static List<int[]> texts;
    private static Map<Integer, List<Integer>> textsOfPiece;

    @BeforeAll
    static void readEverything() throws Exception {
        model = new SentenceModel();
        recipe = new TableRecipe(model, System.err);
        projection = Projection.shipped();
        weights = new PieceWeights(recipe.vocabulary().size());
        texts = recipe.tokenized(TrainingTexts.all());
        textsOfPiece = new HashMap<>();
        for (int text = 0; text < texts.size(); text++) {
            int number = text;
            Arrays.stream(texts.get(text))
                    .distinct()
                    .forEach(piece -> textsOfPiece
                            .computeIfAbsent(piece, any -> new ArrayList<>())
                            .add(number));
        }
    }

    @AfterAll
    static void closeModel() throws Exception {
        model.close();
    }

    @Test
    void aPieceInNoTextHasItsVectorFromTheModelAlone() throws Exception {
        for (int piece : sample(0, 0)) {
            double[] prior = projection.prior(model.embedPiece(piece), weights.weight(piece));
            for (int i = 0; i < DIMENSIONS; i++) {
                int again = projection.quantise(i, prior[i]);
                assertThat(TokenTable.shipped().component(piece, i) - again)
                        .as("piece %d, component %d", piece, i)
                        .isBetween(-1, 1);
            }
        }
    }

    /**
     * At the least squares' solution each vector is the weighted mean of its prior and of what its texts leave to it when
     * all other pieces are taken off. The others are only known rounded to a byte and, some, cut to one: so nearly all
     * components, but not every one, come out within one step.
     */
    @Test
    void aPieceInAFewTextsHasTheVectorThatFitsThemBest() throws Exception {
        int components = 0;
        int apart = 0;
        for (int piece : sample(1, MOST_TEXTS)) {
            double[] again = solveFor(piece);
            for (int i = 0; i < DIMENSIONS; i++) {
                int difference = TokenTable.shipped().component(piece, i) - projection.quantise(i, again[i]);
                assertThat(difference).as("piece %d, component %d", piece, i).isBetween(-5, 5);
                components++;
                apart += Math.abs(difference) > 1 ? 1 : 0;
            }
        }
        assertThat(apart).isLessThan(components / 500);
    }

    @Test
    void theAxesAreOrthonormal() {
        double[][] axes = projection.axes().axes();
        for (int i = 0; i < axes.length; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < axes[i].length; k++) {
                    product += axes[i][k] * axes[j][k];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-5));
            }
        }
    }

    private static double[] solveFor(int piece) throws Exception {
        double[] prior = projection.prior(model.embedPiece(piece), weights.weight(piece));
        double[] numerator = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            numerator[i] = TableRecipe.PENALTY * prior[i];
        }
        double denominator = TableRecipe.PENALTY;
        for (int number : textsOfPiece.get(piece)) {
            int[] text = texts.get(number);
            double share =
                    (double) Arrays.stream(text).filter(other -> other == piece).count() / text.length;
            double[] left = projection.axes().project(model.embed(text));
            for (int i = 0; i < DIMENSIONS; i++) {
                for (int other : text) {
                    if (other != piece) {
                        left[i] -= projection.restore(i, TokenTable.shipped().component(other, i)) / text.length;
                    }
                }
                numerator[i] += share * left[i];
            }
            denominator += share * share;
        }
        double[] solved = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            solved[i] = numerator[i] / denominator;
        }
        return solved;
    }

    /** Pieces that occur in so many texts, the same ones every time. */
    private static int[] sample(int fewest, int most) {
        Random random = new Random(fewest);
        int[] fitting = IntStream.range(
                        PieceWeights.FIRST_PIECE, recipe.vocabulary().size())
                .filter(piece -> {
                    int count = textsOfPiece.getOrDefault(piece, List.of()).size();
                    return count >= fewest && count <= most;
                })
                .toArray();
        return IntStream.generate(() -> fitting[random.nextInt(fitting.length)])
                .limit(SAMPLE)
                .toArray();
    }
}

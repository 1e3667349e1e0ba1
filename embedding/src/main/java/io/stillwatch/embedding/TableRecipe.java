package io.stillwatch.embedding;

import ai.onnxruntime.OrtException;
import io.stillwatch.fingerprint.TokenTable;
import io.stillwatch.fingerprint.WordPieceTokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the token table is made.
 *
 * <ol>
 *   <li>The full model embeds the {@link TrainingTexts}; their {@link PrincipalAxes} are the dimensions kept.
 *   <li>It embeds every word piece alone (Model2Vec, Minish Lab 2024); on those axes, weighted by {@link PieceWeights} and
 *       centred so that an average text comes to lie at zero, this is the prior.
 *   <li>{@link RidgeFit}: the vectors whose mean over the pieces of a text comes nearest to the full model's vector of
 *       that text, near the prior (after Tokenlearn, Minish Lab 2024). A piece no text contains keeps its prior.
 *   <li>Each dimension is divided by the square root of its spread, which evens out what the dimensions say, and
 *       everything is rounded to one signed byte with one scale.
 * </ol>
 */
final class TableRecipe {
    static final int DIMENSIONS = TokenTable.DIMENSIONS;

    /** How strongly vectors are pulled to their prior. Texts of n pieces count 1/n² each against it. */
    static final double PENALTY = 0.1;

    /** The share of components that fit in a byte; the few larger ones are cut. */
    private static final double UNCUT = 0.9999;

    private final SentenceModel model;
    private final PrintStream progress;
    private final List<String> vocabulary = ModelFiles.vocabulary();
    private final PieceWeights weights = new PieceWeights(vocabulary.size());

    TableRecipe(SentenceModel model, PrintStream progress) throws IOException {
        this.model = model;
        this.progress = progress;
    }

    /** What comes out: the bytes of the table, piece by piece, and what is needed to make single rows again. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
    record Made(byte[] table, Projection projection) {}

    List<String> vocabulary() {
        return vocabulary;
    }

    Made make() throws OrtException, IOException {
        List<int[]> texts = tokenized(TrainingTexts.all());
        List<double[]> embedded = embed(texts);
        PrincipalAxes axes = PrincipalAxes.of(embedded, DIMENSIONS);
        progress.println("axes found");
        double[][] targets = new double[DIMENSIONS][texts.size()];
        for (int text = 0; text < texts.size(); text++) {
            double[] coordinates = axes.project(embedded.get(text));
            for (int i = 0; i < DIMENSIONS; i++) {
                targets[i][text] = coordinates[i];
            }
        }
        PieceCounts counts = new PieceCounts(texts, vocabulary.size());
        double[][] prior = weightedPieces(axes);
        double scale = bestScale(counts, prior, targets);
        double[] centre = new double[DIMENSIONS];
        RidgeFit fit = new RidgeFit(counts, PENALTY);
        double[][] fitted = new double[DIMENSIONS][];
        double[] spread = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            centre[i] = scale * mean(counts.multiply(prior[i]));
            for (int piece = PieceWeights.FIRST_PIECE; piece < prior[i].length; piece++) {
                prior[i][piece] = scale * prior[i][piece] - centre[i];
            }
            fitted[i] = fit.fit(prior[i], targets[i]);
            spread[i] = Math.sqrt(deviation(fitted[i]));
        }
        progress.println("vectors fitted");
        Projection projection = new Projection(axes, scale, centre, spread, 1);
        projection = projection.withQuantum(quantum(fitted, projection));
        byte[] table = new byte[vocabulary.size() * DIMENSIONS];
        for (int piece = PieceWeights.FIRST_PIECE; piece < vocabulary.size(); piece++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                table[piece * DIMENSIONS + i] = projection.quantise(i, fitted[i][piece]);
            }
        }
        return new Made(table, projection);
    }

    /** The pieces of each text, without those the vocabulary cannot spell; texts that have none are left out. */
    List<int[]> tokenized(List<String> texts) {
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(vocabulary);
        int unknown = tokenizer.unknown();
        List<int[]> tokenized = new ArrayList<>();
        int[] pieces = new int[SentenceModel.MAX_PIECES];
        for (String text : texts) {
            int count = tokenizer.tokenize(text, pieces);
            int[] known = Arrays.stream(pieces, 0, count)
                    .filter(piece -> piece != unknown)
                    .toArray();
            if (known.length > 0) {
                tokenized.add(known);
            }
        }
        return tokenized;
    }

    private List<double[]> embed(List<int[]> texts) throws OrtException {
        List<double[]> embedded = new ArrayList<>();
        for (int[] text : texts) {
            embedded.add(model.embed(text));
            if (embedded.size() % 5_000 == 0) {
                progress.println(embedded.size() + " of " + texts.size() + " texts embedded");
            }
        }
        return embedded;
    }

    private double[][] weightedPieces(PrincipalAxes axes) throws OrtException {
        double[][] byDimension = new double[DIMENSIONS][vocabulary.size()];
        for (int piece = PieceWeights.FIRST_PIECE; piece < vocabulary.size(); piece++) {
            double[] coordinates = axes.project(model.embedPiece(piece));
            for (int i = 0; i < DIMENSIONS; i++) {
                byDimension[i][piece] = weights.weight(piece) * coordinates[i];
            }
        }
        progress.println("pieces embedded");
        return byDimension;
    }

    private static double bestScale(PieceCounts counts, double[][] prior, double[][] targets) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            double[] sums = counts.multiply(prior[i]);
            for (int text = 0; text < sums.length; text++) {
                product += sums[text] * targets[i][text];
                square += sums[text] * sums[text];
            }
        }
        return product / square;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double deviation(double[] byPiece) {
        double[] used = Arrays.copyOfRange(byPiece, PieceWeights.FIRST_PIECE, byPiece.length);
        double mean = mean(used);
        double squares = 0;
        for (double value : used) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / used.length);
    }

    private static double quantum(double[][] fitted, Projection projection) {
        int used = fitted[0].length - PieceWeights.FIRST_PIECE;
        double[] sizes = new double[DIMENSIONS * used];
        for (int i = 0; i < DIMENSIONS; i++) {
            for (int piece = 0; piece < used; piece++) {
                sizes[i * used + piece] =
                        Math.abs(projection.spreadOut(i, fitted[i][PieceWeights.FIRST_PIECE + piece]));
            }
        }
        Arrays.sort(sizes);
        return sizes[(int) (UNCUT * (sizes.length - 1))] / Byte.MAX_VALUE;
    }
}

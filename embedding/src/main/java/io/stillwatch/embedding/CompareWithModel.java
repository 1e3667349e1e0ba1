package io.stillwatch.embedding;

import ai.onnxruntime.OrtException;
import io.stillwatch.fingerprint.StaticEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Prints how well similarities of the static embedding agree with those of the full model: Spearman's correlation of the
 * two cosines over pairs of prompts.
 */
public final class CompareWithModel {
    private static final long SEED = 1;
    private static final int RANDOM_PAIRS = 60_000;
    private static final int PAIRS_A_SET = 800;
    private static final int[] TOKEN_LIMITS = {64, 128, 256};

    private CompareWithModel() {}

    /** The prompts of all sets, one after the other, in both embeddings. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
    private record Embedded(double[][] full, byte[][][] byLimit, int[] firstOfSet) {}

    /**
     * Compares.
     *
     * @param arguments a folder of {@code *.jsonl.gz} files and, if wanted, the most prompts a file (default 150)
     */
    public static void main(String[] arguments) throws IOException, OrtException {
        if (arguments.length < 1 || arguments.length > 2 || !Files.isDirectory(Path.of(arguments[0]))) {
            System.err.println(
                    "Give a folder of *.jsonl.gz files with a field \"prompt\", and the most prompts a file.");
            System.exit(2);
        }
        int most = arguments.length == 2 ? Integer.parseInt(arguments[1]) : 150;
        List<PromptFiles.PromptSet> sets = PromptFiles.sample(Path.of(arguments[0]), most, SEED);
        Embedded embedded = embed(sets);
        System.out.printf("%d prompts of %d sets%n", embedded.full.length, sets.size());
        printAll(embedded);
        printSets(sets, embedded);
    }

    private static Embedded embed(List<PromptFiles.PromptSet> sets) throws IOException, OrtException {
        List<double[]> full = new ArrayList<>();
        List<byte[][]> byLimit = new ArrayList<>();
        int[] firstOfSet = new int[sets.size() + 1];
        StaticEmbedder embedder = new StaticEmbedder();
        float[] sum = new float[StaticEmbedder.DIMENSIONS];
        try (SentenceModel model = new SentenceModel()) {
            TableRecipe recipe = new TableRecipe(model, System.err);
            for (int set = 0; set < sets.size(); set++) {
                for (String prompt : sets.get(set).prompts()) {
                    List<int[]> pieces = recipe.tokenized(List.of(prompt));
                    full.add(model.embed(pieces.isEmpty() ? new int[0] : pieces.get(0)));
                    byte[][] vectors = new byte[TOKEN_LIMITS.length][];
                    for (int i = 0; i < vectors.length; i++) {
                        embedder.embed(prompt, TOKEN_LIMITS[i], sum);
                        vectors[i] = StaticEmbedder.toUnitBytes(sum);
                    }
                    byLimit.add(vectors);
                }
                firstOfSet[set + 1] = full.size();
                System.err.println(sets.get(set).name() + " embedded");
            }
        }
        return new Embedded(full.toArray(double[][]::new), byLimit.toArray(byte[][][]::new), firstOfSet);
    }

    private static void printAll(Embedded embedded) {
        int[][] random = randomPairs(new Random(SEED), 0, embedded.full.length, RANDOM_PAIRS);
        List<int[]> within = new ArrayList<>();
        for (int set = 0; set + 1 < embedded.firstOfSet.length; set++) {
            within.addAll(Arrays.asList(pairsWithin(embedded, set)));
        }
        System.out.printf("%-42s", "Spearman, tokens read at most:");
        for (int limit : TOKEN_LIMITS) {
            System.out.printf("%7d", limit);
        }
        System.out.println();
        printRow("pairs drawn at random from all prompts", embedded, random);
        printRow("pairs drawn within a set, all sets together", embedded, within.toArray(int[][]::new));
    }

    private static void printSets(List<PromptFiles.PromptSet> sets, Embedded embedded) {
        for (int set = 0; set < sets.size(); set++) {
            printRow("  within " + sets.get(set).name(), embedded, pairsWithin(embedded, set));
        }
    }

    private static int[][] pairsWithin(Embedded embedded, int set) {
        return randomPairs(new Random(SEED + set), embedded.firstOfSet[set], embedded.firstOfSet[set + 1], PAIRS_A_SET);
    }

    private static int[][] randomPairs(Random random, int from, int to, int count) {
        int[][] pairs = new int[count][];
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(from, to);
            int second = random.nextInt(from, to - 1);
            pairs[i] = new int[] {first, second < first ? second : second + 1};
        }
        return pairs;
    }

    private static void printRow(String name, Embedded embedded, int[][] pairs) {
        System.out.printf("%-43s", name);
        double[] full = new double[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            full[i] = product(embedded.full[pairs[i][0]], embedded.full[pairs[i][1]]);
        }
        for (int limit = 0; limit < TOKEN_LIMITS.length; limit++) {
            double[] fast = new double[pairs.length];
            for (int i = 0; i < pairs.length; i++) {
                fast[i] = cosine(embedded.byLimit[pairs[i][0]][limit], embedded.byLimit[pairs[i][1]][limit]);
            }
            System.out.printf("%7.3f", RankCorrelation.of(full, fast));
        }
        System.out.println();
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double cosine(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / Byte.MAX_VALUE / Byte.MAX_VALUE;
    }
}

package io.stillwatch.fingerprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/**
 * The vectors a {@link StaticEmbedder} adds up: one a word piece, made from a sentence-embedding model by the generator
 * in the {@code embedding} module, and one a bucket of {@link HashedNgrams}. Shipped as three resources: the vectors
 * (one signed byte a component, one scale for all), the vocabulary (one piece a line) and their provenance.
 *
 * <p>Immutable and shared: about 9 MB, however many embedders use it.
 *
 * <p>In memory a vector is 32 longs of four components each, biased by 128 so that none is negative: up to 257 vectors can
 * be added long by long without one 16-bit lane running over into the next. (Bytes would take half the memory, but then
 * taking them apart costs three times the addition.)
 */
public final class TokenTable {
    /** Components of a vector. */
    public static final int DIMENSIONS = 128;

    /** Components in a long. */
    static final int LANES_A_LONG = 4;

    /** Longs that hold one vector. */
    static final int LONGS = DIMENSIONS / LANES_A_LONG;

    /** What is added to each component in memory. */
    static final int BIAS = 128;

    /**
     * Size of the components of an n-gram's direction. A word of seven letters has eleven n-grams; at this size their sum
     * is about as long as the sum of the two or three word pieces it might have had.
     */
    private static final int NGRAM_AMPLITUDE = 10;

    private static final String VECTORS = "token-table.bin";
    private static final String VOCABULARY = "vocabulary.txt";
    private static final String PROVENANCE = "token-table.properties";

    private final Vocabulary vocabulary;
    private final long[] lanes;
    private final Properties provenance;

    TokenTable(List<String> entries, byte[] vectors, Properties provenance) {
        if (vectors.length != entries.size() * DIMENSIONS) {
            throw new IllegalArgumentException(
                    "The token table has " + vectors.length + " bytes where its vocabulary of " + entries.size()
                            + " pieces needs " + entries.size() * DIMENSIONS + ".");
        }
        vocabulary = new Vocabulary(entries);
        this.provenance = provenance;
        lanes = new long[(entries.size() + HashedNgrams.BUCKETS) * LONGS];
        for (int row = 0; row < entries.size(); row++) {
            put(row, vectors, row * DIMENSIONS);
        }
        for (int bucket = 0; bucket < HashedNgrams.BUCKETS; bucket++) {
            put(rowOfBucket(bucket), HashedNgrams.direction(bucket, DIMENSIONS, NGRAM_AMPLITUDE), 0);
        }
    }

    /** The table that ships with Stillwatch, loaded at the first call. */
    public static TokenTable shipped() {
        return Shipped.TABLE;
    }

    /**
     * Where the vectors come from: model, artifact, checksums, licence, recipe and date, by the names used in
     * {@code token-table.properties}.
     *
     * @return the value, or null for an unknown name
     */
    public String provenance(String name) {
        return provenance.getProperty(name);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Row of a bucket of {@link HashedNgrams}; the row of a word piece is the piece's number. */
    int rowOfBucket(int bucket) {
        return vocabulary.size() + bucket;
    }

    /** All rows, {@link #LONGS} longs each; not to be written. */
    long[] lanes() {
        return lanes;
    }

    /**
     * One component of a word piece's vector.
     *
     * @param piece the piece's number
     */
    public byte component(int piece, int dimension) {
        long lane = lanes[piece * LONGS + dimension / LANES_A_LONG];
        return (byte) ((lane >>> (dimension % LANES_A_LONG * Short.SIZE) & 0xFF) - BIAS);
    }

    private void put(int row, byte[] vectors, int from) {
        for (int i = 0; i < DIMENSIONS; i++) {
            long biased = (vectors[from + i] + BIAS) & 0xFFL;
            lanes[row * LONGS + i / LANES_A_LONG] |= biased << (i % LANES_A_LONG * Short.SIZE);
        }
    }

    private static final class Shipped {
        static final TokenTable TABLE = load();

        private static TokenTable load() {
            try (InputStream vectors = open(VECTORS);
                    InputStream vocabulary = open(VOCABULARY);
                    InputStream provenance = open(PROVENANCE)) {
                Properties properties = new Properties();
                properties.load(new InputStreamReader(provenance, StandardCharsets.UTF_8));
                List<String> entries = new BufferedReader(new InputStreamReader(vocabulary, StandardCharsets.UTF_8))
                        .lines()
                        .toList();
                return new TokenTable(entries, vectors.readAllBytes(), properties);
            } catch (IOException e) {
                throw new UncheckedIOException("The token table cannot be read from the application's own jar.", e);
            }
        }

        private static InputStream open(String name) throws IOException {
            InputStream resource = TokenTable.class.getResourceAsStream(name);
            if (resource == null) {
                throw new IOException("The resource " + name + " is missing: build the application anew.");
            }
            return resource;
        }
    }
}

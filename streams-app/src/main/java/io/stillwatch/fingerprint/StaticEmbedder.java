package io.stillwatch.fingerprint;

import java.util.Arrays;

/**
 * Embeds a text at the price of tokenising it: the sum of fixed vectors, one a word piece, made once from a
 * sentence-embedding model (see {@link TokenTable}); hashed character n-grams stand in for words the vocabulary cannot
 * spell and for scripts it does not know. Texts about the same things get vectors with a high cosine, unrelated ones a
 * cosine around 0.
 *
 * <p>Either embed a whole text with {@link #embed}, or let the embedder listen while somebody else scans it:
 *
 * <pre>{@code
 * embedder.begin(256);
 * scanner.scan(text, embedder);
 * int tokens = embedder.finish(sum);
 * }</pre>
 *
 * <p>Allocates nothing once constructed. Not thread-safe; embedders share one immutable table, so one a thread is cheap
 * (about 300 KB).
 */
public final class StaticEmbedder implements WordSink {
    /** Components of an embedding. */
    public static final int DIMENSIONS = TokenTable.DIMENSIONS;

    /** Most rows that 16-bit lanes can add without overflow: 257 bytes of 255 make 65,535. */
    private static final int ROWS_A_BATCH = 256;

    private static final long LOW_BYTES = 0x00FF_00FF_00FF_00FFL;

    /** Three letters cost a token where n-grams stand in for pieces: about what English pieces cover. */
    private static final int LETTERS_A_TOKEN = 3;

    /** A word of at least this many pieces, shorter than two letters each, is noise to the vocabulary. */
    private static final int FRAGMENTS = 3;

    private final TokenTable table;
    private final WordScanner scanner = new WordScanner();
    private final WordPieceTokenizer tokenizer;
    private final int[] spelling = new int[2 * Word.CAPACITY];
    private final int[] batch = new int[ROWS_A_BATCH];
    private final int[] sums = new int[DIMENSIONS];

    private int batched;
    private int tokens;
    private int maxTokens;
    private int lastIdeograph;
    private int lastIdeographEnd;

    /** Makes an embedder on the shipped table. */
    public StaticEmbedder() {
        this(TokenTable.shipped());
    }

    /** Makes an embedder on a table. */
    public StaticEmbedder(TokenTable table) {
        this.table = table;
        tokenizer = new WordPieceTokenizer(table.vocabulary());
    }

    /**
     * Embeds the beginning of a text.
     *
     * @param text any text; case, accents and white space make no difference
     * @param limit tokens to read at most; at least 0. A token is a word piece, an ideograph, or three letters of a word
     *     the vocabulary cannot spell
     * @param accumulator {@link #DIMENSIONS} floats, overwritten with the sum of the tokens' vectors, all zero when the
     *     text has no tokens
     * @return number of tokens read
     */
    public int embed(CharSequence text, int limit, float[] accumulator) {
        begin(limit);
        scanner.scan(text, this);
        return finish(accumulator);
    }

    /** Starts a new text of which at most {@code limit} tokens are wanted. */
    public void begin(int limit) {
        maxTokens = limit;
        tokens = 0;
        batched = 0;
        lastIdeographEnd = -1;
        Arrays.fill(sums, 0);
    }

    @Override
    public boolean word(Word word) {
        if (tokens >= maxTokens) {
            return false;
        }
        if (word.isIdeograph()) {
            addIdeograph(word);
            return true;
        }
        if (word.length() > 1 && word.isBeyondLatin()) {
            addNgrams(word);
            return true;
        }
        long pieces = tokenizer.pieces(word);
        if (pieces == WordPieceTokenizer.MANY) {
            addSpelling(word);
            return true;
        }
        int count = WordPieceTokenizer.count(pieces);
        if (isNoise(WordPieceTokenizer.piece(pieces, 0), count, word)) {
            addNgrams(word);
            return true;
        }
        for (int i = 0; i < count && tokens < maxTokens; i++) {
            add(WordPieceTokenizer.piece(pieces, i));
            tokens++;
        }
        return true;
    }

    /** Writes the sum of the vectors of the text just read and returns the number of its tokens. */
    public int finish(float[] accumulator) {
        addBatch();
        for (int i = 0; i < DIMENSIONS; i++) {
            accumulator[i] = sums[i];
        }
        return tokens;
    }

    /**
     * Scales a vector to unit length and writes its components in units of 1/127, rounded to the nearest, halves away
     * from zero; a zero vector stays zero. No component is off by more than half a unit, whatever the vector's length.
     *
     * @param vector {@link #DIMENSIONS} finite floats
     * @param target {@link #DIMENSIONS} bytes, overwritten with values from -127 to 127
     */
    public static void quantise(float[] vector, byte[] target) {
        double squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            squares += (double) vector[i] * vector[i];
        }
        double scale = squares == 0 ? 0 : Byte.MAX_VALUE / Math.sqrt(squares);
        for (int i = 0; i < DIMENSIONS; i++) {
            double scaled = vector[i] * scale;
            target[i] = (byte) (scaled + Math.copySign(0.5, scaled));
        }
    }

    /** The quantised unit vector as {@link #quantise} writes it, in a new array. */
    public static byte[] toUnitBytes(float[] vector) {
        byte[] bytes = new byte[DIMENSIONS];
        quantise(vector, bytes);
        return bytes;
    }

    private boolean isNoise(int firstPiece, int count, Word word) {
        return firstPiece == tokenizer.unknown() || (count >= FRAGMENTS && word.length() < 2 * count);
    }

    private void addSpelling(Word word) {
        int count = tokenizer.split(word, spelling);
        if (isNoise(spelling[0], count, word)) {
            addNgrams(word);
            return;
        }
        for (int i = 0; i < count && tokens < maxTokens; i++) {
            add(spelling[i]);
            tokens++;
        }
    }

    private void addNgrams(Word word) {
        int count = HashedNgrams.buckets(word, spelling);
        for (int i = 0; i < count; i++) {
            add(table.rowOfBucket(spelling[i]));
        }
        tokens = Math.min(maxTokens, tokens + (word.length() + LETTERS_A_TOKEN - 1) / LETTERS_A_TOKEN);
    }

    private void addIdeograph(Word word) {
        int ideograph = Character.codePointAt(word.characters, 0, word.length());
        add(table.rowOfBucket(HashedNgrams.bucket(ideograph)));
        if (lastIdeographEnd == word.start()) {
            add(table.rowOfBucket(HashedNgrams.bucket((long) lastIdeograph << 21 | ideograph)));
        }
        lastIdeograph = ideograph;
        lastIdeographEnd = word.end();
        tokens++;
    }

    private void add(int row) {
        if (batched == ROWS_A_BATCH) {
            addBatch();
        }
        batch[batched++] = row * TokenTable.LONGS;
    }

    private void addBatch() {
        long[] lanes = table.lanes();
        int rows = batched;
        int bias = rows * TokenTable.BIAS;
        for (int lane = 0; lane < TokenTable.LONGS; lane += 4) {
            // Eight sums at a time stay in registers for all rows of the batch.
            long even0 = 0;
            long even1 = 0;
            long even2 = 0;
            long even3 = 0;
            long odd0 = 0;
            long odd1 = 0;
            long odd2 = 0;
            long odd3 = 0;
            for (int i = 0; i < rows; i++) {
                int at = batch[i] + lane;
                long bytes0 = lanes[at];
                long bytes1 = lanes[at + 1];
                long bytes2 = lanes[at + 2];
                long bytes3 = lanes[at + 3];
                even0 += bytes0 & LOW_BYTES;
                odd0 += bytes0 >>> Byte.SIZE & LOW_BYTES;
                even1 += bytes1 & LOW_BYTES;
                odd1 += bytes1 >>> Byte.SIZE & LOW_BYTES;
                even2 += bytes2 & LOW_BYTES;
                odd2 += bytes2 >>> Byte.SIZE & LOW_BYTES;
                even3 += bytes3 & LOW_BYTES;
                odd3 += bytes3 >>> Byte.SIZE & LOW_BYTES;
            }
            spread(lane * Long.BYTES, even0, odd0, bias);
            spread((lane + 1) * Long.BYTES, even1, odd1, bias);
            spread((lane + 2) * Long.BYTES, even2, odd2, bias);
            spread((lane + 3) * Long.BYTES, even3, odd3, bias);
        }
        batched = 0;
    }

    private void spread(int at, long even, long odd, int bias) {
        for (int i = 0; i < Long.BYTES; i += 2) {
            sums[at + i] += (int) (even >>> (i * Byte.SIZE) & 0xFFFF) - bias;
            sums[at + i + 1] += (int) (odd >>> (i * Byte.SIZE) & 0xFFFF) - bias;
        }
    }
}

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
    private static final int LANE_BITS = 16;
    private static final int LANE = (1 << LANE_BITS) - 1;

    /** Three letters cost a token where n-grams stand in for pieces: about what English pieces cover. */
    private static final int LETTERS_A_TOKEN = 3;

    /** A word of at least this many pieces, shorter than two letters each, is noise to the vocabulary. */
    private static final int FRAGMENTS = 3;

    private final TokenTable table;
    private final WordScanner scanner = new WordScanner();
    private final WordPieceTokenizer tokenizer;
    private final int[] spelling = new int[2 * Word.CAPACITY];
    /** Running sums of bytes 0, 2, 4 and 6 of each long of a row, in lanes of 16 bits. */
    private final long[] even = new long[TokenTable.LONGS];

    /** Running sums of bytes 1, 3, 5 and 7. */
    private final long[] odd = new long[TokenTable.LONGS];

    private final int[] sums = new int[DIMENSIONS];

    private int pending;
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
        lastIdeographEnd = -1;
        pending = 0;
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        Arrays.fill(sums, 0);
    }

    @Override
    public boolean word(Word word) {
        if (tokens >= maxTokens) {
            return false;
        }
        if (word.isBeyondLatin() && addOtherScript(word)) {
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
        spread();
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

    /** Adds a word the vocabulary is not made for; tells whether it was one. */
    private boolean addOtherScript(Word word) {
        if (word.isIdeograph()) {
            addIdeograph(word);
        } else if (word.length() > 1) {
            addNgrams(word);
        } else {
            return false;
        }
        return true;
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
        if (pending == ROWS_A_BATCH) {
            spread();
        }
        pending++;
        long[] rows = table.lanes();
        long[] evens = even;
        long[] odds = odd;
        int from = row * TokenTable.LONGS;
        for (int i = 0; i < TokenTable.LONGS; i++) {
            long bytes = rows[from + i];
            evens[i] += bytes & LOW_BYTES;
            odds[i] += bytes >>> Byte.SIZE & LOW_BYTES;
        }
    }

    /** Moves what the lanes hold to the sums. */
    private void spread() {
        int bias = pending * TokenTable.BIAS;
        for (int i = 0; i < TokenTable.LONGS; i++) {
            long evens = even[i];
            long odds = odd[i];
            int at = i * Long.BYTES;
            for (int j = 0; j < Long.BYTES; j += 2) {
                sums[at + j] += (int) (evens & LANE) - bias;
                sums[at + j + 1] += (int) (odds & LANE) - bias;
                evens >>>= LANE_BITS;
                odds >>>= LANE_BITS;
            }
            even[i] = 0;
            odd[i] = 0;
        }
        pending = 0;
    }
}

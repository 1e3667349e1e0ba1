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

    private static final int LANE = (1 << 16) - 1;

    /** Longs of a row that are added in one go: what the registers hold. */
    private static final int LONGS_AT_ONCE = 8;

    /** Three letters cost a token where n-grams stand in for pieces: about what English pieces cover. */
    private static final int LETTERS_A_TOKEN = 3;

    /** A word of at least this many pieces, shorter than two letters each, is noise to the vocabulary. */
    private static final int FRAGMENTS = 3;

    private final TokenTable table;
    private final WordScanner scanner = new WordScanner();
    private final WordPieceTokenizer tokenizer;
    private final int[] spelling = new int[2 * Word.CAPACITY];
    /**
     * Where the rows begin that are still to be added. Rows are added many at a time, lane by lane, because then the
     * running sums stay in the processor's registers.
     */
    private final int[] rows = new int[ROWS_A_BATCH];

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
        addRows();
        for (int i = 0; i < DIMENSIONS; i++) {
            accumulator[i] = sums[i];
        }
        return tokens;
    }

    /**
     * Writes the quantised unit vector of the text just read, the one that {@link #quantise} makes of its sum, and
     * returns the number of the text's tokens.
     */
    int finish(byte[] target) {
        addRows();
        long squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            squares += (long) sums[i] * sums[i];
        }
        double scale = squares == 0 ? 0 : Byte.MAX_VALUE / Math.sqrt((double) squares);
        for (int i = 0; i < DIMENSIONS; i++) {
            int sign = sums[i] >> Integer.SIZE - 1;
            int size = (int) (((sums[i] ^ sign) - sign) * scale + 0.5);
            target[i] = (byte) ((size ^ sign) - sign);
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
        int ideograph = Character.codePointAt(word.characters(), 0, word.length());
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
            addRows();
        }
        rows[pending++] = row * TokenTable.LONGS;
    }

    /** Adds the pending rows to the sums. */
    private void addRows() {
        long[] lanes = table.lanes();
        int[] from = rows;
        int count = pending;
        for (int first = 0; first < TokenTable.LONGS; first += LONGS_AT_ONCE) {
            long sum0 = 0;
            long sum1 = 0;
            long sum2 = 0;
            long sum3 = 0;
            long sum4 = 0;
            long sum5 = 0;
            long sum6 = 0;
            long sum7 = 0;
            for (int i = 0; i < count; i++) {
                int at = from[i] + first;
                sum0 += lanes[at];
                sum1 += lanes[at + 1];
                sum2 += lanes[at + 2];
                sum3 += lanes[at + 3];
                sum4 += lanes[at + 4];
                sum5 += lanes[at + 5];
                sum6 += lanes[at + 6];
                sum7 += lanes[at + 7];
            }
            spread(first, sum0);
            spread(first + 1, sum1);
            spread(first + 2, sum2);
            spread(first + 3, sum3);
            spread(first + 4, sum4);
            spread(first + 5, sum5);
            spread(first + 6, sum6);
            spread(first + 7, sum7);
        }
        pending = 0;
    }

    /** Moves what the four lanes of a long hold to the sums. */
    private void spread(int index, long lanes) {
        int bias = pending * TokenTable.BIAS;
        int at = index * TokenTable.LANES_A_LONG;
        sums[at] += (int) (lanes & LANE) - bias;
        sums[at + 1] += (int) (lanes >>> 16 & LANE) - bias;
        sums[at + 2] += (int) (lanes >>> 32 & LANE) - bias;
        sums[at + 3] += (int) (lanes >>> 48) - bias;
    }
}

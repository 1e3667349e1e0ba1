package io.stillwatch.fingerprint;

import java.util.List;

/**
 * Splits words into the pieces of a {@link Vocabulary}, greedily the longest first, as the uncased BERT tokeniser does.
 * Words met before are found again in a direct-mapped cache of exact words, so a common word costs one look-up.
 *
 * <p>The result is that of the reference tokeniser for every text of valid UTF-16 (a test of the {@code embedding}
 * module compares them code point by code point). Algorithm: Wu et al., Google's Neural Machine Translation System
 * (2016), section 4.1, in the longest-match-first form of BERT.
 *
 * <p>Not thread-safe. Looking up a word allocates nothing.
 */
public final class WordPieceTokenizer {
    /** The most pieces a {@link #pieces packed result} holds. */
    private static final int PACKED_PIECES = 4;

    /** The packed result for a word of more pieces: {@link #split} tells them. */
    static final long MANY = -1;

    /** Code points beyond which the reference takes a word as unknown without looking. */
    private static final int LONGEST_WORD = 100;

    private static final int BITS_A_PIECE = 15;
    private static final int PIECE_MASK = (1 << BITS_A_PIECE) - 1;

    private static final int CACHE_BITS = 13;

    /** Three are used; the fourth keeps a slot within one cache line. */
    private static final int SLOT_LONGS = 4;

    private final Vocabulary vocabulary;
    private final WordScanner scanner = new WordScanner();
    private final long[] cache = new long[SLOT_LONGS << CACHE_BITS];
    private final long[] prefixes = new long[Word.CAPACITY + 1];
    private final int[] scratch = new int[Word.CAPACITY];

    /**
     * Makes a tokeniser.
     *
     * @param entries the pieces by number; continuations of a word begin with {@code ##}; one of them is {@code [UNK]}
     * @throws IllegalArgumentException if there are more than 32,768 pieces, or none is {@code [UNK]}
     */
    public WordPieceTokenizer(List<String> entries) {
        this(new Vocabulary(entries));
    }

    WordPieceTokenizer(Vocabulary vocabulary) {
        if (vocabulary.size() > PIECE_MASK + 1) {
            throw new IllegalArgumentException("A vocabulary of " + vocabulary.size() + " pieces is too large: at most "
                    + (PIECE_MASK + 1) + " can be numbered.");
        }
        this.vocabulary = vocabulary;
    }

    /** Number of the piece {@code [UNK]}, which stands for a word the vocabulary cannot spell. */
    public int unknown() {
        return vocabulary.unknown();
    }

    /**
     * Writes the numbers of the text's pieces to {@code target}, as many as it has room for, and returns how many.
     */
    public int tokenize(CharSequence text, int[] target) {
        int[] pieces = new int[Word.CAPACITY];
        int[] count = {0};
        scanner.scan(text, word -> {
            int found = Math.min(split(word, pieces), target.length - count[0]);
            System.arraycopy(pieces, 0, target, count[0], found);
            count[0] += found;
            return count[0] < target.length;
        });
        return count[0];
    }

    /**
     * The word's pieces packed into one number, to be read with {@link #count} and {@link #piece}, or {@link #MANY}.
     */
    long pieces(Word word) {
        if (!word.isPacked()) {
            return pack(split(word, scratch), scratch);
        }
        long head = word.head();
        long tail = word.tail();
        int slot = (int) (word.hash() >>> (Long.SIZE - CACHE_BITS)) * SLOT_LONGS;
        if (cache[slot] == head && cache[slot + 1] == tail) {
            return cache[slot + 2];
        }
        long packed = pack(split(word, scratch), scratch);
        cache[slot] = head;
        cache[slot + 1] = tail;
        cache[slot + 2] = packed;
        return packed;
    }

    /** Number of pieces in a packed result other than {@link #MANY}. */
    static int count(long packed) {
        return (int) (packed >>> (PACKED_PIECES * BITS_A_PIECE));
    }

    /** The piece at {@code index} of a packed result other than {@link #MANY}. */
    static int piece(long packed, int index) {
        return (int) (packed >>> (index * BITS_A_PIECE)) & PIECE_MASK;
    }

    /**
     * Writes the word's pieces to {@code target}, one {@code [UNK]} if the vocabulary cannot spell it, and returns
     * how many there are.
     *
     * @param target room for as many pieces as the word has characters
     */
    int split(Word word, int[] target) {
        int length = word.length();
        if (length > LONGEST_WORD
                && (length == Word.CAPACITY || Character.codePointCount(word, 0, length) > LONGEST_WORD)) {
            target[0] = vocabulary.unknown();
            return 1;
        }
        char[] characters = word.characters();
        Vocabulary.hashPrefixes(characters, length, prefixes);
        int count = 0;
        for (int from = 0; from < length; ) {
            int piece = vocabulary.longestPiece(characters, from, length, prefixes);
            if (piece < 0) {
                target[0] = vocabulary.unknown();
                return 1;
            }
            target[count++] = piece;
            from += vocabulary.length(piece);
        }
        return count;
    }

    private static long pack(int count, int[] pieces) {
        if (count > PACKED_PIECES) {
            return MANY;
        }
        long packed = count;
        for (int i = PACKED_PIECES - 1; i >= 0; i--) {
            packed = packed << BITS_A_PIECE | (i < count ? pieces[i] : 0);
        }
        return packed;
    }
}

package io.stillwatch.fingerprint;

/**
 * The word a {@link WordScanner} has just read: lower case, without accents; one punctuation character or one ideograph
 * is a word too. Reused for every word of every text.
 */
public final class Word implements CharSequence {
    /** Characters kept of one word; the rest of a longer one is read but not kept. */
    public static final int CAPACITY = 256;

    /**
     * Words of up to this many characters, all below {@link #PACKED_LIMIT}, are held in two longs as well, which makes
     * comparing and hashing them a matter of a few instructions.
     */
    private static final int PACKED_LENGTH = 14;

    /** End of the characters a packed word can have: ASCII, Latin-1 and Latin Extended-A fit. */
    private static final int PACKED_LIMIT = 1 << 9;

    private static final int PACKED_BITS = 9;
    private static final int PACKED_IN_A_LONG = Long.SIZE / PACKED_BITS;

    /** End of the Latin letters: those of Latin Extended-B. */
    private static final int LATIN_LIMIT = 0x250;

    final char[] characters = new char[CAPACITY];
    int length;
    /** All bits set in any of the characters. */
    int union;

    private long head;
    private long tail;
    private int start;
    private int end;

    Word() {}

    /** UTF-16 units in the word; 1 to {@link #CAPACITY}. */
    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return characters[index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new String(characters, from, to - from);
    }

    /** Index of the word's first UTF-16 unit in the text. */
    public int start() {
        return start;
    }

    /** Index just past the word's last UTF-16 unit in the text. */
    public int end() {
        return end;
    }

    /** 64-bit hash of the word's characters: that of {@link #hash(CharSequence)} for the same word. Computed anew. */
    public long hash() {
        return isPacked() ? Mixing.mix(head, tail) : Mixing.mix(characters, length);
    }

    /** Whether the word is one ideograph, as Chinese and Japanese texts write without spaces between. */
    public boolean isIdeograph() {
        return length == 1
                ? CharacterFolding.isIdeograph(characters[0])
                : length == 2
                        && Character.isHighSurrogate(characters[0])
                        && CharacterFolding.isIdeograph(Character.toCodePoint(characters[0], characters[1]));
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }

    /** The hash a word of these characters has when a {@link WordScanner} reads it; for word lists made beforehand. */
    public static long hash(CharSequence word) {
        Word copy = new Word();
        for (int i = 0; i < Math.min(word.length(), CAPACITY); i++) {
            copy.append(word.charAt(i));
        }
        copy.complete(0, 0);
        return copy.hash();
    }

    /** Whether {@link #head} and {@link #tail} tell the whole word. */
    boolean isPacked() {
        return length <= PACKED_LENGTH && union < PACKED_LIMIT;
    }

    /** The first seven characters of a packed word; never 0. */
    long head() {
        return head;
    }

    /** The other characters of a packed word, 0 if there are none. */
    long tail() {
        return tail;
    }

    /** Whether any character is none of the Latin letters, digits and marks below U+0250. */
    boolean isBeyondLatin() {
        for (int i = 0; union >= LATIN_LIMIT && i < length; i++) {
            if (characters[i] >= LATIN_LIMIT) {
                return true;
            }
        }
        return false;
    }

    void append(char character) {
        if (length < CAPACITY) {
            characters[length++] = character;
            union |= character;
        }
    }

    void complete(int from, int to) {
        start = from;
        end = to;
        head = pack(0, Math.min(length, PACKED_IN_A_LONG));
        tail = length <= PACKED_IN_A_LONG
                ? 0
                : pack(PACKED_IN_A_LONG, Math.min(length - PACKED_IN_A_LONG, PACKED_IN_A_LONG));
    }

    void clear() {
        length = 0;
        union = 0;
    }

    /**
     * Packs some characters side by side, the first in the lowest bits. Reads a fixed number of them and cuts off what is
     * too much, because a loop of the right length would be mispredicted by the processor at most words.
     */
    private long pack(int from, int count) {
        char[] source = characters;
        long packed = source[from]
                | (long) source[from + 1] << PACKED_BITS
                | (long) source[from + 2] << (2 * PACKED_BITS)
                | (long) source[from + 3] << (3 * PACKED_BITS)
                | (long) source[from + 4] << (4 * PACKED_BITS)
                | (long) source[from + 5] << (5 * PACKED_BITS)
                | (long) source[from + 6] << (6 * PACKED_BITS);
        return packed & ((1L << (count * PACKED_BITS)) - 1);
    }
}

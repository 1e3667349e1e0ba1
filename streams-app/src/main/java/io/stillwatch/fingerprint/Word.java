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

    static final int BITS_A_CHARACTER = 9;
    static final long RECENT_MASK = -1L >>> 1;

    final char[] characters = new char[CAPACITY];
    int length;
    /** All bits set in any of the characters. */
    int union;
    /** The last seven characters, nine bits each; meaningful while {@link #isPacked}. */
    long recent;
    /** The seven characters before those. */
    long older;

    private int start;
    private int end;
    private long hash;

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

    /** 64-bit hash of the word's characters: that of {@link #hash(CharSequence)} for the same word. */
    public long hash() {
        return hash;
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
        return copy.hash;
    }

    /** Whether {@link #recent} and {@link #older} tell the whole word. */
    boolean isPacked() {
        return length <= PACKED_LENGTH && union < PACKED_LIMIT;
    }

    /** Some bit that no ASCII, Latin-1, Latin Extended-A or Latin Extended-B letter has. */
    boolean isBeyondLatin() {
        for (int i = 0; union >= 0x250 && i < length; i++) {
            if (characters[i] >= 0x250) {
                return true;
            }
        }
        return false;
    }

    void append(char character) {
        if (length < CAPACITY) {
            characters[length++] = character;
            union |= character;
            older = older << BITS_A_CHARACTER | recent >>> (63 - BITS_A_CHARACTER);
            recent = (recent << BITS_A_CHARACTER | character) & RECENT_MASK;
        }
    }

    void complete(int from, int to) {
        start = from;
        end = to;
        hash = isPacked() ? Mixing.mix(recent, older) : Mixing.mix(characters, length);
    }

    void clear() {
        length = 0;
        union = 0;
        recent = 0;
        older = 0;
    }
}

package io.stillwatch.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The word a {@link WordScanner} has just read: lower case, without accents; one punctuation character or one ideograph
 * is a word too. Reused for every word of every text.
 */
public final class Word implements CharSequence {
    /** Characters kept of one word; the rest of a longer one is read but not kept. */
    public static final int CAPACITY = 256;

    /**
     * Words of up to this many ASCII characters are held in two longs as well, a byte a character, which makes comparing
     * and hashing them a matter of a few instructions.
     */
    static final int PACKED_LENGTH = 2 * Long.BYTES;

    /** Set in every byte of a packed word, so that a shorter word is never taken for a longer one. */
    static final int PRESENT = 0x80;

    private static final int ASCII_LIMIT = 0x80;

    /** End of the Latin letters: those of Latin Extended-B. */
    private static final int LATIN_LIMIT = 0x250;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] HEAD_MASKS = new long[PACKED_LENGTH + 1];
    private static final long[] TAIL_MASKS = new long[PACKED_LENGTH + 1];

    static {
        for (int count = 0; count <= PACKED_LENGTH; count++) {
            HEAD_MASKS[count] = firstBytes(Math.min(count, Long.BYTES));
            TAIL_MASKS[count] = firstBytes(Math.max(0, count - Long.BYTES));
        }
    }

    int length;
    /** All bits set in any of the characters, or more. */
    int union;
    /** The character that stands alone in this word; 0 in a word of letters. */
    char mark;
    /** Whether the text has an upper-case letter where the word starts. */
    boolean capital;
    /** Whether white space comes before the word, or nothing at all. */
    boolean afterSpace;
    /** Whether a line break is part of that white space. */
    boolean afterBreak;

    private final char[] spelling = new char[CAPACITY];
    private byte[] unread = new byte[0];
    private int unreadFrom = -1;
    private boolean packed;
    private long head;
    private long tail;
    /** Hash of a packed word. */
    private long hash;

    private int start;
    private int end;

    Word() {}

    private static long firstBytes(int count) {
        return count == Long.BYTES ? -1L : (1L << (count * Byte.SIZE)) - 1;
    }

    /** UTF-16 units in the word; 1 to {@link #CAPACITY}. */
    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return characters()[index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new String(characters(), from, to - from);
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
        return packed ? hash : Mixing.mix(characters(), length);
    }

    /** Whether the word is one ideograph, as Chinese and Japanese texts write without spaces between. */
    public boolean isIdeograph() {
        char[] characters = characters();
        return length == 1
                ? CharacterFolding.isIdeograph(characters[0])
                : length == 2
                        && Character.isHighSurrogate(characters[0])
                        && CharacterFolding.isIdeograph(Character.toCodePoint(characters[0], characters[1]));
    }

    @Override
    public String toString() {
        return new String(characters(), 0, length);
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

    /** The word's characters, {@link #length} of them; what follows is rubbish. */
    char[] characters() {
        if (unreadFrom >= 0) {
            for (int i = 0; i < length; i++) {
                spelling[i] = (char) (unread[unreadFrom + i] & ~PRESENT & 0xFF);
            }
            unreadFrom = -1;
        }
        return spelling;
    }

    /** Whether {@link #head} and {@link #tail} tell the whole word. */
    boolean isPacked() {
        return packed;
    }

    /** The first eight characters of a packed word; never 0. */
    long head() {
        return head;
    }

    /** The other characters of a packed word, 0 if there are none. */
    long tail() {
        return tail;
    }

    /** Whether every character is ASCII. */
    boolean isAscii() {
        return union < ASCII_LIMIT;
    }

    /** Whether a packed word of letters and digits has a digit: only digits lack the bit 0x40. */
    boolean hasDigit() {
        return ((head >>> 1 & ~head | tail >>> 1 & ~tail) & 0x4040_4040_4040_4040L) != 0;
    }

    /** Whether any character is none of the Latin letters, digits and marks below U+0250. */
    boolean isBeyondLatin() {
        if (union < LATIN_LIMIT) {
            return false;
        }
        char[] characters = characters();
        for (int i = 0; i < length; i++) {
            if (characters[i] >= LATIN_LIMIT) {
                return true;
            }
        }
        return false;
    }

    void append(char character) {
        if (length < CAPACITY) {
            spelling[length++] = character;
            union |= character;
        }
    }

    /** Ends a word that was appended character by character. */
    void complete(int from, int to) {
        start = from;
        end = to;
        packed = length <= PACKED_LENGTH && isAscii();
        if (packed) {
            head = pack(0, Math.min(length, Long.BYTES));
            tail = pack(Long.BYTES, length);
            hash = Hash64.packed(head, tail);
        }
    }

    /**
     * Becomes a word of ASCII letters and digits that a scanner has folded.
     *
     * @param folded the characters with {@link #PRESENT} set; at least {@link #PACKED_LENGTH} bytes follow {@code from}
     */
    void view(byte[] folded, int from, int count) {
        length = Math.min(count, CAPACITY);
        union = ASCII_LIMIT - 1;
        mark = 0;
        unread = folded;
        unreadFrom = from;
        packed = count <= PACKED_LENGTH;
        if (packed) {
            head = (long) LONGS.get(folded, from) & HEAD_MASKS[count];
            tail = (long) LONGS.get(folded, from + Long.BYTES) & TAIL_MASKS[count];
            hash = Hash64.packed(head, tail);
        }
    }

    /** Becomes the word of a character that stands alone. */
    void view(char alone) {
        length = 1;
        union = alone;
        mark = alone;
        unreadFrom = -1;
        spelling[0] = alone;
        packed = alone < ASCII_LIMIT;
        head = alone | PRESENT;
        tail = 0;
        hash = Hash64.packed(head, tail);
    }

    void place(int from, int to) {
        start = from;
        end = to;
    }

    void clear() {
        length = 0;
        union = 0;
        mark = 0;
        unreadFrom = -1;
    }

    private long pack(int from, int to) {
        long bytes = 0;
        for (int i = to - 1; i >= from; i--) {
            bytes = bytes << Byte.SIZE | spelling[i] | PRESENT;
        }
        return bytes;
    }
}

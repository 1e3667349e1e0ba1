package io.stillwatch.fingerprint;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * What the uncased BERT normaliser makes of a character: control characters vanish, accents are stripped (canonical
 * decomposition without non-spacing marks), letters become lower case, punctuation and ideographs stand alone.
 *
 * <p>One table look-up a UTF-16 unit. The table is computed from the running JDK's Unicode data when the class loads,
 * so a character that Unicode assigned after version 13 (that of JDK 17) may fold differently on a newer JDK.
 *
 * <p>Rules: Devlin et al., BERT (2018), {@code BasicTokenizer} of the uncased models.
 */
final class CharacterFolding {
    /** Leaves no trace, not even a word boundary. */
    static final char DROPPED = 0;
    /** Ends a word. */
    static final char SPACE = 1;
    /** Is a word of its own and folds to itself: punctuation or an ideograph. */
    static final char ALONE = 2;
    /** Becomes something else than one letter: see {@link #expand}. */
    static final char EXPANDED = 3;
    /** First half of a surrogate pair: see {@link #foldSupplementary}. */
    static final char HIGH_SURROGATE = 4;
    /** The smallest value that is a folded letter, digit or symbol rather than one of the codes above. */
    static final char FIRST_LETTER = 0x20;

    /** The longest expansion of one UTF-16 unit. */
    static final int LONGEST_EXPANSION = 4;

    private static final int HANGUL_FIRST = 0xAC00;
    private static final int HANGUL_LAST = 0xD7A3;
    private static final int HANGUL_TAILS = 28;
    private static final int HANGUL_VOWELS_AND_TAILS = 21 * HANGUL_TAILS;

    private static final char[] CODES = new char[Character.MAX_VALUE + 1];
    private static final char[] EXPANDABLE;
    private static final char[][] EXPANSIONS;

    static {
        char[] expandable = new char[CODES.length];
        char[][] expansions = new char[CODES.length][];
        int found = 0;
        for (int unit = 0; unit < CODES.length; unit++) {
            char character = (char) unit;
            if (isHangulSyllable(character)) {
                CODES[unit] = EXPANDED;
                continue;
            }
            char[] folded = foldSlowly(character);
            CODES[unit] = code(character, folded);
            if (CODES[unit] == EXPANDED) {
                expandable[found] = character;
                expansions[found++] = folded;
            }
        }
        EXPANDABLE = Arrays.copyOf(expandable, found);
        EXPANSIONS = Arrays.copyOf(expansions, found);
    }

    private CharacterFolding() {}

    /** The table from UTF-16 units to codes and folded letters, for loops that cannot afford a call; not to be written. */
    static char[] codes() {
        return CODES;
    }

    /**
     * Writes what an {@link #EXPANDED} unit becomes, each of it a letter or {@link #ALONE}, and returns how many units
     * that is (at most {@link #LONGEST_EXPANSION}).
     */
    static int expand(char character, char[] target) {
        if (isHangulSyllable(character)) {
            int syllable = character - HANGUL_FIRST;
            int tail = syllable % HANGUL_TAILS;
            target[0] = (char) (0x1100 + syllable / HANGUL_VOWELS_AND_TAILS);
            target[1] = (char) (0x1161 + syllable % HANGUL_VOWELS_AND_TAILS / HANGUL_TAILS);
            target[2] = (char) (0x11A7 + tail);
            return tail == 0 ? 2 : 3;
        }
        char[] expansion = EXPANSIONS[Arrays.binarySearch(EXPANDABLE, character)];
        System.arraycopy(expansion, 0, target, 0, expansion.length);
        return expansion.length;
    }

    /** Folds a code point above U+FFFF that does not {@link #decomposes}: 0 when dropped, negated when it stands alone. */
    static int foldSupplementary(int codePoint) {
        if (isDropped(codePoint)) {
            return 0;
        }
        return standsAlone(codePoint) ? -codePoint : Character.toLowerCase(codePoint);
    }

    /** Whether a code point above U+FFFF may have a canonical decomposition: some Indic letters, notes, ideographs. */
    static boolean decomposes(int codePoint) {
        return (codePoint >= 0x11000 && codePoint <= 0x11FFF)
                || (codePoint >= 0x16100 && codePoint <= 0x16FFF)
                || (codePoint >= 0x1D100 && codePoint <= 0x1D1FF)
                || (codePoint >= 0x2F800 && codePoint <= 0x2FA1F);
    }

    /** Whether the reference puts spaces around a code point: the ideographs of its list, which has a gap in Extension E. */
    static boolean isIdeograph(int codePoint) {
        return (codePoint >= 0x4E00 && codePoint <= 0x9FFF)
                || (codePoint >= 0x3400 && codePoint <= 0x4DBF)
                || (codePoint >= 0x20000 && codePoint <= 0x2A6DF)
                || (codePoint >= 0x2A700 && codePoint <= 0x2B81F)
                || (codePoint >= 0x2B920 && codePoint <= 0x2CEAF)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0x2F800 && codePoint <= 0x2FA1F);
    }

    private static boolean isHangulSyllable(char character) {
        return character >= HANGUL_FIRST && character <= HANGUL_LAST;
    }

    private static char[] foldSlowly(char character) {
        if (Character.isSurrogate(character) || isDropped(character) || isSpace(character)) {
            return new char[0];
        }
        String decomposed = Normalizer.normalize(String.valueOf(character), Normalizer.Form.NFD);
        char[] folded = new char[decomposed.length()];
        int length = 0;
        for (int i = 0; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) {
                folded[length++] = Character.toLowerCase(decomposed.charAt(i));
            }
        }
        return Arrays.copyOf(folded, length);
    }

    private static char code(char character, char[] folded) {
        if (Character.isHighSurrogate(character)) {
            return HIGH_SURROGATE;
        }
        if (isSpace(character)) {
            return SPACE;
        }
        if (folded.length == 0) {
            return DROPPED;
        }
        if (folded.length > 1) {
            return EXPANDED;
        }
        if (!standsAlone(folded[0])) {
            return folded[0];
        }
        return folded[0] == character ? ALONE : EXPANDED;
    }

    private static boolean isSpace(char character) {
        return character == '\t' || character == '\n' || character == '\r' || Character.isSpaceChar(character);
    }

    private static boolean isDropped(int codePoint) {
        if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
            return false;
        }
        if (codePoint == 0xFFFD) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.NON_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean standsAlone(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > 0x20 && !Character.isLetterOrDigit(codePoint);
        }
        if (isIdeograph(codePoint)) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}

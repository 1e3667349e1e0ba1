package io.stillwatch.fingerprint;

/**
 * What a {@link WordScanner} must know of a UTF-16 unit, one look-up a unit: the low byte is what it becomes in a word of
 * ASCII letters, the bits above are flags.
 *
 * <p>Computed from {@link CharacterFolding} and {@link NormalForm} when the class loads.
 */
final class UnitTable {
    /** Set in the low byte of a letter or digit that folds to ASCII, whose other bits are that character. */
    static final int LETTER = Word.PRESENT;
    /** The low byte of white space: this bit without {@link #LETTER}. */
    static final int SPACE = 0x40;
    /** The low byte of a line break: a space with one more bit. */
    static final int LINE_BREAK = 0x60;
    /** The low byte of what stands alone. */
    static final int ALONE = 0;

    /** Flag of a unit that is none of these: dropped, several, half of a code point, or a letter beyond ASCII. */
    static final int SLOW = 0x100;
    /** Flag of a unit whose normal form reads otherwise than the unit. */
    static final int UNSTABLE = 0x200;
    /** Flag of a letter or an ideograph beyond the Latin script. */
    static final int OTHER_SCRIPT = 0x400;

    /** End of the Latin blocks and the modifiers that follow them. */
    private static final int LATIN_END = 0x370;

    private static final char[] ENTRIES = new char[Character.MAX_VALUE + 1];

    static {
        for (int unit = 0; unit < ENTRIES.length; unit++) {
            ENTRIES[unit] = entry((char) unit);
        }
    }

    private UnitTable() {}

    /** The entries of all units; not to be written. */
    static char[] entries() {
        return ENTRIES;
    }

    static boolean isLineBreak(char unit) {
        return unit == '\n' || unit == '\u2028' || unit == '\u2029';
    }

    private static char entry(char unit) {
        int flags = unit >= LATIN_END && Character.isLetter(unit) ? OTHER_SCRIPT : 0;
        if (unit >= 0x80 || unit < ' ') {
            flags |= NormalForm.isStable(unit) ? 0 : UNSTABLE;
        }
        char code = CharacterFolding.codes()[unit];
        if (code == CharacterFolding.SPACE) {
            return (char) (flags | (isLineBreak(unit) ? LINE_BREAK : SPACE));
        }
        if (code == CharacterFolding.ALONE) {
            return (char) (flags | ALONE);
        }
        return (char) (flags | (code >= CharacterFolding.FIRST_LETTER && code < 0x80 ? LETTER | code : SLOW));
    }
}

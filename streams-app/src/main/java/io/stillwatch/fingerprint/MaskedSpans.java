package io.stillwatch.fingerprint;

import java.util.Arrays;

/**
 * The quotations and the block of code that are open while a text is read. A quotation is over at its closing mark; a
 * line break or {@value #LONGEST_QUOTE} words before that, and its opening mark was none.
 */
final class MaskedSpans {
    /** What {@link #quote} and {@link #fence} say when nothing closes. */
    static final int NONE = Integer.MAX_VALUE;

    private static final int LONGEST_QUOTE = 80;
    private static final int CLOSED = -1;

    /** First word of the open quotation by kind of quotation mark. */
    private final int[] opened = new int[4];

    private int wordsQuoted;
    private int fence;
    private boolean quoted;

    void clear() {
        lineBreak();
        fence = CLOSED;
    }

    void lineBreak() {
        Arrays.fill(opened, CLOSED);
        quoted = false;
        wordsQuoted = 0;
    }

    void wordAdded() {
        if (quoted && ++wordsQuoted > LONGEST_QUOTE) {
            lineBreak();
        }
    }

    boolean isQuoted() {
        return quoted;
    }

    boolean isInCode() {
        return fence != CLOSED;
    }

    /**
     * Takes a quotation mark.
     *
     * @param words the words read so far
     * @return the first word of the quotation that it closes, or {@link #NONE}
     */
    int quote(char mark, int words) {
        int kind = switch (mark) {
            case '"' -> 0;
            case '\u201C', '\u201D' -> 1;
            case '\u00AB', '\u00BB' -> 2;
            default -> 3;
        };
        int first = opened[kind];
        boolean opens = mark == '"' ? first == CLOSED : mark == '\u201C' || mark == '\u00AB' || mark == '\u300C';
        if (opens) {
            opened[kind] = words;
            quoted = true;
            wordsQuoted = 0;
            return NONE;
        }
        opened[kind] = CLOSED;
        quoted = opened[0] + opened[1] + opened[2] + opened[3] > opened.length * CLOSED;
        return first == CLOSED ? NONE : first;
    }

    /** Takes three back quotes in a row, as {@link #quote} takes a quotation mark. */
    int fence(int words) {
        int first = fence;
        fence = first == CLOSED ? words : CLOSED;
        return first == CLOSED ? NONE : first;
    }
}

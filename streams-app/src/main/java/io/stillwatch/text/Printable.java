package io.stillwatch.text;

/**
 * Text from outside made safe to show to a person: whatever would not be seen, or would change how its neighbours are
 * seen, is written as a visible escape, and the length is bounded.
 *
 * <p>Account ids, file names and error messages may carry control sequences that move a terminal's cursor, line breaks
 * that forge a log line, direction marks that show text in another order than it has, and halves of characters. Escaped
 * as {@code \}{@code uXXXX} are control characters, format characters, line and paragraph separators, halves of surrogate
 * pairs, characters for private use and non-characters; characters that a Java release does not know yet are not, so that
 * all releases write the same. Escaping for the format around the text (HTML, JSON) stays the work of whoever writes that
 * format.
 */
public final class Printable {
    /** Enough for any identifier a person wants to read; longer ones are cut. */
    public static final int IDENTIFIER_LIMIT = 120;

    /** What is shown of a text in a sentence: one hostile value must not fill the screen. */
    public static final int SENTENCE_LIMIT = 200;

    private static final String CUT = "…";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Printable() {}

    /** The identifier, readable and at most {@link #IDENTIFIER_LIMIT} characters of its own. */
    public static String identifier(String text) {
        return text(text, IDENTIFIER_LIMIT);
    }

    /** The text for a sentence: at most {@link #SENTENCE_LIMIT} characters, and how many more there are. */
    public static String escape(String text) {
        return escape(text, SENTENCE_LIMIT);
    }

    /**
     * The text in one line of visible characters.
     *
     * @param limit code points of the text to keep, at least 1; what is cut off is counted at the end
     */
    public static String escape(String text, int limit) {
        int end = endOf(text, limit);
        return end == text.length()
                ? visible(text, end)
                : visible(text, end) + CUT + " (" + text.codePointCount(end, text.length()) + " more)";
    }

    /** All of the text, however long, in one line of visible characters. */
    public static String escapeAll(String text) {
        return visible(text, text.length());
    }

    /**
     * The text with unseen characters made visible.
     *
     * @param limit code points of the text to keep, at least 1; a cut is shown by an ellipsis
     */
    public static String text(String text, int limit) {
        int end = endOf(text, limit);
        return end == text.length() ? visible(text, end) : visible(text, end) + CUT;
    }

    private static int endOf(String text, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("Keep at least one character, not " + limit + ".");
        }
        return text.length() <= limit || text.codePointCount(0, text.length()) <= limit
                ? text.length()
                : text.offsetByCodePoints(0, limit);
    }

    private static String visible(String text, int end) {
        StringBuilder shown = new StringBuilder(end + 16);
        for (int i = 0; i < end; ) {
            int codePoint = text.codePointAt(i);
            append(shown, codePoint);
            i += Character.charCount(codePoint);
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (!hidden(codePoint)) {
            shown.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            shown.append("\\u").append(HEX[unit >> 12]).append(HEX[unit >> 8 & 15]);
            shown.append(HEX[unit >> 4 & 15]).append(HEX[unit & 15]);
        }
    }

    private static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> true;
            default -> nonCharacter(codePoint);
        };
    }

    /** Code points that Unicode keeps for a program's own use and HTML does not allow in a page. */
    private static boolean nonCharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }
}

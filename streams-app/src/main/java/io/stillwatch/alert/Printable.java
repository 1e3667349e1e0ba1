package io.stillwatch.alert;

/**
 * Text from outside made safe to show to a person: whatever would not be seen, or would change how its neighbours are
 * seen, is written as a visible escape, and the length is bounded.
 *
 * <p>Escaped as {@code \}{@code uXXXX} are control characters, format characters (among them the ones that reverse the
 * reading direction), line and paragraph separators, halves of surrogate pairs and non-characters. Escaping for the format around the
 * text (HTML, JSON) stays the work of whoever writes that format.
 */
public final class Printable {
    /** Enough for any identifier a person wants to read; longer ones are cut. */
    public static final int IDENTIFIER_LIMIT = 120;

    private static final String CUT = "…";

    private Printable() {}

    /** The identifier, readable and at most {@link #IDENTIFIER_LIMIT} characters of its own. */
    public static String identifier(String text) {
        return text(text, IDENTIFIER_LIMIT);
    }

    /**
     * The text with unseen characters made visible.
     *
     * @param limit code points of the text to keep, at least 1; a cut is shown by an ellipsis
     */
    public static String text(String text, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("Keep at least one character, not " + limit + ".");
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), limit) + CUT.length());
        int kept = 0;
        for (int i = 0; i < text.length(); ) {
            if (kept == limit) {
                return shown.append(CUT).toString();
            }
            int codePoint = text.codePointAt(i);
            append(shown, codePoint);
            i += Character.charCount(codePoint);
            kept++;
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

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** Code points that Unicode keeps for a program's own use and HTML does not allow in a page. */
    private static boolean nonCharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }

    private static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> nonCharacter(codePoint);
        };
    }
}

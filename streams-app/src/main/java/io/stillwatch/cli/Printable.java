package io.stillwatch.cli;

import java.util.List;

/**
 * Makes text that came from anywhere safe to print.
 *
 * <p>Account ids, file names and error messages may carry control sequences that move the cursor or change the title,
 * line breaks that forge a log line, direction marks that show text in another order than it has, and halves of
 * characters. Everything of that kind is shown by its code point instead.
 */
public final class Printable {
    /** Longer text is cut unless a caller says otherwise: one hostile value must not fill the screen. */
    public static final int DEFAULT_MAX_CHARS = 200;

    // The blocks that Unicode's EastAsianWidth.txt marks W or F, rounded to whole blocks.
    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115f),
            new Range(0x2e80, 0xa4cf),
            new Range(0xac00, 0xd7a3),
            new Range(0xf900, 0xfaff),
            new Range(0xfe30, 0xfe6f),
            new Range(0xff00, 0xff60),
            new Range(0xffe0, 0xffe6),
            new Range(0x1f300, 0x1faff),
            new Range(0x20000, 0x3fffd));

    private Printable() {}

    private record Range(int first, int last) {}

    /** The text as {@link #escape(String, int)} gives it, cut at {@link #DEFAULT_MAX_CHARS}. */
    public static String escape(String text) {
        return escape(text, DEFAULT_MAX_CHARS);
    }

    /**
     * The text in one line of visible characters.
     *
     * @param maxChars how much of the text is shown, in UTF-16 units; what is cut off is counted at the end
     */
    public static String escape(String text, int maxChars) {
        int shown = Math.min(text.length(), maxChars);
        if (shown < text.length() && shown > 0 && Character.isHighSurrogate(text.charAt(shown - 1))) {
            shown--;
        }
        StringBuilder printable = new StringBuilder(shown + 16);
        text.substring(0, shown).codePoints().forEach(codePoint -> append(printable, codePoint));
        if (shown < text.length()) {
            printable.append("… (").append(text.length() - shown).append(" more)");
        }
        return printable.toString();
    }

    /** All of the text, however long, in one line of visible characters. */
    static String escapeAll(String text) {
        return escape(text, Integer.MAX_VALUE);
    }

    /** Columns the text takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks. */
    static int columns(String text) {
        return text.codePoints().map(Printable::columns).sum();
    }

    /** The beginning of the text that fits, ending in an ellipsis where something was cut off. */
    static String fit(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder fitted = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            used += columns(codePoint);
            if (used > columns - 1) {
                break;
            }
            fitted.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return columns < 1 ? "" : fitted.append('…').toString();
    }

    private static void append(StringBuilder printable, int codePoint) {
        if (isVisible(codePoint)) {
            printable.appendCodePoint(codePoint);
        } else if (codePoint == '\n') {
            printable.append("\\n");
        } else if (codePoint == '\r') {
            printable.append("\\r");
        } else if (codePoint == '\t') {
            printable.append("\\t");
        } else {
            printable.append(codePoint <= 0xffff ? "\\u%04x".formatted(codePoint) : "\\u{%x}".formatted(codePoint));
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static int columns(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = WIDE.stream().anyMatch(range -> range.first() <= codePoint && codePoint <= range.last());
        return wide ? 2 : 1;
    }
}

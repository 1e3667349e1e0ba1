package io.stillwatch.cli.terminal;

import java.util.List;

/** How wide a terminal draws text. */
final class Columns {
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

    private Columns() {}

    private record Range(int first, int last) {}

    /** Columns the text takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** The beginning of the text that fits, ending in an ellipsis where something was cut off. */
    static String fit(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder fitted = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            used += of(codePoint);
            if (used > columns - 1) {
                break;
            }
            fitted.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return columns < 1 ? "" : fitted.append('…').toString();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = WIDE.stream().anyMatch(range -> range.first() <= codePoint && codePoint <= range.last());
        return wide ? 2 : 1;
    }
}

package io.stillwatch.cli.terminal;

import java.util.ArrayList;
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

    /**
     * The text in lines of at most so many columns, broken at spaces; a word that is longer is broken after a hyphen, a
     * stop, a slash or an underscore in it, or where the line ends.
     *
     * @param columns at least 1
     */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            int width = of(word);
            if (used > 0 && used + 1 + width > columns) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                used = 0;
            } else if (!line.isEmpty() || used > 0) {
                line.append(' ');
                used++;
            }
            String rest = word;
            while (of(rest) > columns - used) {
                int end = prefix(rest, columns - used);
                lines.add(line + rest.substring(0, end));
                line.setLength(0);
                used = 0;
                rest = rest.substring(end);
            }
            line.append(rest);
            used += of(rest);
        }
        if (!line.isEmpty() || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Where the part of a word ends that fits; at least one character does. */
    private static int prefix(String word, int columns) {
        int most = mostThatFits(word, columns);
        for (int end = most; end > most / 3; end--) {
            if ("-./_".indexOf(word.charAt(end - 1)) >= 0) {
                return end;
            }
        }
        return most;
    }

    private static int mostThatFits(String word, int columns) {
        int used = 0;
        int at = 0;
        while (at < word.length()) {
            int codePoint = word.codePointAt(at);
            used += of(codePoint);
            if (used > columns && at > 0) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        return at;
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

package io.stillwatch.alert.cef;

import io.stillwatch.text.Printable;

/** Escaping by the CEF implementation standard: {@code \} and {@code |} in the header, {@code \} and {@code =} after it. */
final class CefText {
    private CefText() {}

    /** A field of the header: one line, with nothing that would end the field. */
    static String header(String text, int limit) {
        return escaped(text.replace('\r', ' ').replace('\n', ' '), '|', limit);
    }

    /** A value of the extension; its line ends are written as {@code \n} and {@code \r}, as the standard has it. */
    static String value(String text, int limit) {
        return escaped(text, '=', limit);
    }

    private static String escaped(String text, char special, int limit) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), limit) + 8);
        String cut = cut(text, limit);
        cut.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\\' -> line.append("\\\\");
                default -> {
                    if (codePoint == special) {
                        line.append('\\').append(special);
                    } else {
                        line.append(visible(codePoint));
                    }
                }
            }
        });
        return line.toString();
    }

    private static String cut(String text, int limit) {
        return text.codePointCount(0, text.length()) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit - 1)) + "…";
    }

    /** What would not be seen is written as an escape, whose backslash is escaped in turn. */
    private static String visible(int codePoint) {
        String character = Character.toString(codePoint);
        String shown = Printable.text(character, 1);
        return shown.equals(character) ? character : shown.replace("\\", "\\\\");
    }
}

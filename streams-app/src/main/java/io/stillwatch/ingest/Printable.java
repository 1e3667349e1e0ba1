package io.stillwatch.ingest;

/** Untrusted text made safe for a terminal, a log line or an error sentence. */
final class Printable {
    private Printable() {}

    /**
     * The text with control, format and unpaired surrogate characters as {@code \}{@code uXXXX}, cut at the given
     * number of characters.
     */
    static String of(String text, int maxLength) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxLength) + 16);
        int end = text.length() <= maxLength ? text.length() : maxLength;
        int at = 0;
        while (at < end) {
            int character = text.codePointAt(at);
            append(printable, character);
            at += Character.charCount(character);
        }
        if (at < text.length()) {
            printable.append("...");
        }
        return printable.toString();
    }

    private static void append(StringBuilder printable, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> {
                for (char unit : Character.toChars(character)) {
                    printable.append(String.format("\\u%04x", (int) unit));
                }
            }
            default -> printable.appendCodePoint(character);
        }
    }
}

package io.stillwatch.cli.terminal;

import io.stillwatch.text.Printable;

/**
 * A piece of a line in one style. The text may come from anywhere: it is escaped when printed, so no style or other
 * control sequence can hide in it.
 */
public record Span(String text, Style style) {

    /** How a span looks where the terminal shows colours; elsewhere every span is plain. */
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36"),
        BOLD_RED("1;31");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        /** How a severity looks everywhere; one that this version does not know is plain. */
        public static Style ofSeverity(String severity) {
            return switch (severity) {
                case "critical" -> BOLD_RED;
                case "high" -> RED;
                case "medium" -> YELLOW;
                case "low" -> CYAN;
                case "informational" -> DIM;
                default -> PLAIN;
            };
        }
    }

    /** Text as it is. */
    public static Span of(String text) {
        return new Span(text, Style.PLAIN);
    }

    /** Text in a style. */
    public static Span of(String text, Style style) {
        return new Span(text, style);
    }

    String render(boolean colours) {
        String safe = Printable.escapeAll(text);
        return colours && style != Style.PLAIN ? "\u001b[" + style.code + "m" + safe + "\u001b[0m" : safe;
    }
}

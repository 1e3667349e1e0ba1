package io.stillwatch.cli.check;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;

/**
 * What one check of the {@code doctor} found.
 *
 * @param subject what was checked, in a word or two
 * @param finding what is the case and, unless it is fine, what to do
 */
record Checkup(Outcome outcome, String subject, String finding) {

    /** How bad it is. */
    enum Outcome {
        OK("ok", Span.Style.GREEN),
        WARN("warn", Span.Style.YELLOW),
        FAIL("FAIL", Span.Style.RED);

        private final String label;
        private final Span.Style style;

        Outcome(String label, Span.Style style) {
            this.label = label;
            this.style = style;
        }
    }

    static Checkup ok(String subject, String finding) {
        return new Checkup(Outcome.OK, subject, finding);
    }

    static Checkup warn(String subject, String finding) {
        return new Checkup(Outcome.WARN, subject, finding);
    }

    static Checkup fail(String subject, String finding) {
        return new Checkup(Outcome.FAIL, subject, finding);
    }

    Line line() {
        return Line.of(
                Span.of("%-5s".formatted(outcome.label), outcome.style),
                Span.of("%-10s ".formatted(subject)),
                Span.of(finding));
    }
}

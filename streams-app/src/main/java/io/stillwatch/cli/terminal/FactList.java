package io.stillwatch.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Facts under a heading, each with a label before it, broken at words where a person reads them. */
public final class FactList {
    private static final int INDENT = 2;

    private final List<Fact> facts = new ArrayList<>();

    private record Fact(String label, String text) {}

    /** Adds a fact; one without words is left out. */
    public FactList add(String label, String text) {
        if (!text.isBlank()) {
            facts.add(new Fact(label, text));
        }
        return this;
    }

    /** Prints the heading, after an empty line, and the facts; nothing where there are none. */
    public void print(String heading, TerminalOutput output) {
        if (facts.isEmpty()) {
            return;
        }
        output.heading(heading);
        int widest =
                facts.stream().mapToInt(fact -> Columns.of(fact.label())).max().orElse(0);
        int left = INDENT + widest + 2;
        for (Fact fact : facts) {
            String label = " ".repeat(INDENT) + fact.label() + " ".repeat(widest - Columns.of(fact.label()) + 2);
            for (String part : output.broken(fact.text(), left)) {
                output.line(Line.of(Span.of(label, Span.Style.DIM), Span.of(part)));
                label = " ".repeat(left);
            }
        }
    }
}

package io.stillwatch.cli.terminal;

import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One line of spans. */
public record Line(List<Span> spans) {
    public Line {
        spans = List.copyOf(spans);
    }

    /** The text without its styles, as untrusted as it was. */
    public String plain() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /** A line of one plain span. */
    public static Line of(String text) {
        return new Line(List.of(Span.of(text)));
    }

    /** A line of several spans, without anything between them. */
    public static Line of(Span... spans) {
        return new Line(List.of(spans));
    }

    /** The line with or without colours. */
    public String render(boolean colours) {
        StringBuilder rendered = new StringBuilder();
        for (Span span : spans) {
            rendered.append(span.render(colours));
        }
        return rendered.toString();
    }

    /** The beginning of the line that fits into so many columns. */
    Line fit(int columns) {
        List<Span> fitted = new ArrayList<>();
        int left = columns;
        for (Span span : spans) {
            String safe = Printable.escapeAll(span.text());
            if (left <= 0) {
                break;
            }
            fitted.add(new Span(Columns.fit(safe, left), span.style()));
            left -= Columns.of(safe);
        }
        return new Line(fitted);
    }
}

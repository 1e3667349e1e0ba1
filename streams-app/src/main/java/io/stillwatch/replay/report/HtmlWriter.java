package io.stillwatch.replay.report;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes well-formed HTML: every text and attribute value is escaped, every element is closed in order.
 *
 * <p>What it writes is well-formed XML as well, so any XML reader can check it. Attributes are given as alternating names and values; names and tags are the caller's own words, never data.
 */
final class HtmlWriter {
    private final Appendable out;
    private final Deque<String> open = new ArrayDeque<>();

    HtmlWriter(Appendable out) throws IOException {
        this.out = out;
        out.append("<!DOCTYPE html>\n");
    }

    HtmlWriter open(String tag, String... attributes) throws IOException {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    HtmlWriter close(String tag) throws IOException {
        String innermost = open.pop();
        if (!innermost.equals(tag)) {
            throw new IllegalStateException("Close <" + innermost + "> before <" + tag + ">.");
        }
        out.append("</").append(tag).append('>');
        return this;
    }

    /** An element that has no content and no end tag, such as meta. */
    HtmlWriter single(String tag, String... attributes) throws IOException {
        start(tag, attributes);
        out.append(" />");
        return this;
    }

    /** An element that holds nothing but a text. */
    HtmlWriter element(String tag, String text, String... attributes) throws IOException {
        return open(tag, attributes).text(text).close(tag);
    }

    HtmlWriter text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    /** A style sheet of the report's own; it cannot hold data, and escaping would break it. */
    HtmlWriter style(StyleSheet sheet) throws IOException {
        out.append("<style>").append(sheet.text()).append("</style>");
        return this;
    }

    HtmlWriter line() throws IOException {
        out.append('\n');
        return this;
    }

    void end() throws IOException {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> is still open.");
        }
        out.append('\n');
    }

    private void start(String tag, String... attributes) throws IOException {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("An attribute needs a value.");
        }
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            out.append('"');
        }
    }
}

package io.stillwatch.replay.report;

import java.io.IOException;

/** The head of every page that is written: it allows the page's own style sheet and nothing else. */
final class PageHead {
    private PageHead() {}

    static void write(HtmlWriter html, String title, StyleSheet style) throws IOException {
        html.open("head").line();
        html.single("meta", "charset", "utf-8").line();
        html.single("meta", "http-equiv", "Content-Security-Policy", "content", style.contentSecurityPolicy())
                .line();
        html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.single("meta", "name", "color-scheme", "content", "light dark").line();
        html.single("meta", "name", "referrer", "content", "no-referrer").line();
        html.element("title", title).line();
        html.style(style).line();
        html.close("head").line();
    }
}

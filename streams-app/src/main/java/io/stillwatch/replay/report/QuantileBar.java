package io.stillwatch.replay.report;

import io.stillwatch.text.Figures;
import java.io.IOException;
import java.util.Locale;

/** Where a value lies among the baseline's accounts: a bar, and the same in words for those who do not see it. */
final class QuantileBar {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 8;
    private static final double THINNEST = 2;

    private QuantileBar() {}

    static void write(HtmlWriter html, double quantile) throws IOException {
        double share = Double.isNaN(quantile) ? 0 : Math.min(Math.max(quantile, 0), 1);
        String filled = String.format(Locale.ROOT, "%.1f", Math.max(share * WIDTH, THINNEST));
        html.open(
                "svg",
                "class",
                "bar",
                "width",
                Integer.toString(WIDTH),
                "height",
                Integer.toString(HEIGHT),
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "aria-hidden",
                "true",
                "focusable",
                "false");
        rectangle(html, "track", Integer.toString(WIDTH));
        rectangle(html, "fill", filled);
        html.close("svg").element("span", Figures.rank(quantile), "class", "note");
    }

    private static void rectangle(HtmlWriter html, String name, String width) throws IOException {
        html.open("rect", "class", name, "width", width, "height", Integer.toString(HEIGHT), "rx", "2")
                .close("rect");
    }
}

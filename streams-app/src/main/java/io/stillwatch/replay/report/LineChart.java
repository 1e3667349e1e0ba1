package io.stillwatch.replay.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A curve of shares over shares as inline SVG; what it shows is said in words too, for those who do not see it. */
final class LineChart {
    private static final int SIZE = 320;
    private static final int LEFT = 52;
    private static final int BOTTOM = 44;
    private static final int TOP = 12;

    /** Half of the last figure below the axis stands there. */
    private static final int RIGHT = 24;

    private static final int STEPS = 5;

    private final String title;
    private final String description;
    private final String across;
    private final String up;

    /** A point; both from 0 to 1. */
    record Point(double x, double y) {}

    /**
     * A chart without curves yet.
     *
     * @param title short
     * @param description what can be seen, in words
     * @param across what the horizontal axis shows
     * @param up what the vertical axis shows
     */
    LineChart(String title, String description, String across, String up) {
        this.title = title;
        this.description = description;
        this.across = across;
        this.up = up;
    }

    /** Writes the chart with one curve; {@code dots} marks every point. */
    void write(HtmlWriter html, String id, List<Point> curve, boolean dots) throws IOException {
        html.open(
                "svg",
                "class",
                "chart",
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-description",
                "viewBox",
                "0 0 " + (LEFT + SIZE + RIGHT) + " " + (TOP + SIZE + BOTTOM),
                "width",
                Integer.toString(LEFT + SIZE + RIGHT),
                "height",
                Integer.toString(TOP + SIZE + BOTTOM));
        html.element("title", title, "id", id + "-title");
        html.element("desc", description, "id", id + "-description");
        for (int step = 0; step <= STEPS; step++) {
            tick(html, (double) step / STEPS);
        }
        html.element(
                "text",
                across,
                "class",
                "axis",
                "x",
                number(LEFT + SIZE / 2.0),
                "y",
                number(TOP + SIZE + 38.0),
                "text-anchor",
                "middle");
        html.element(
                "text",
                up,
                "class",
                "axis",
                "transform",
                "translate(12 " + number(TOP + SIZE / 2.0) + ") rotate(-90)",
                "text-anchor",
                "middle");
        StringBuilder points = new StringBuilder();
        for (Point point : curve) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(x(point.x()))
                    .append(',')
                    .append(y(point.y()));
        }
        html.open("polyline", "class", "curve", "points", points.toString()).close("polyline");
        if (dots) {
            for (Point point : curve) {
                html.open("circle", "class", "dot", "cx", x(point.x()), "cy", y(point.y()), "r", "3.5")
                        .close("circle");
            }
        }
        html.close("svg").line();
    }

    private static void tick(HtmlWriter html, double at) throws IOException {
        grid(html, x(at), y(0), x(at), y(1));
        grid(html, x(0), y(at), x(1), y(at));
        String label = String.format(Locale.ROOT, "%d %%", Math.round(100 * at));
        html.element("text", label, "x", x(at), "y", number(TOP + SIZE + 18.0), "text-anchor", "middle");
        html.element(
                "text", label, "x", number(LEFT - 6.0), "y", number(TOP + SIZE * (1 - at) + 4), "text-anchor", "end");
    }

    private static void grid(HtmlWriter html, String x1, String y1, String x2, String y2) throws IOException {
        html.open("line", "class", "grid", "x1", x1, "y1", y1, "x2", x2, "y2", y2)
                .close("line");
    }

    private static String x(double share) {
        return number(LEFT + SIZE * share);
    }

    private static String y(double share) {
        return number(TOP + SIZE * (1 - share));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}

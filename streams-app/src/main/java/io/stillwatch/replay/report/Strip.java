package io.stillwatch.replay.report;

import io.stillwatch.baseline.Usual;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A value beside what is usual, as a drawing: a band for what nine in ten accounts have, a line for what a signature asks
 * for, a dot for the value. What it shows stands beside it in words, so a reader who does not see it misses nothing.
 */
final class Strip {
    /** How to read one, for the page. */
    static final String LEGEND =
            "A strip shows a value (dot) beside what nine in ten accounts of the same kind have (band) and what the"
                    + " signature asks for (line). Shares go from 0 to 100 %; where values lie far apart, the scale is"
                    + " logarithmic.";

    private static final int WIDTH = 240;
    private static final int HEIGHT = 20;
    private static final double MARGIN = 7;
    private static final double THINNEST = 3;

    /** How many times the largest is the least to be told apart where a scale becomes logarithmic. */
    private static final double FAR_APART = 20;

    private Strip() {}

    /**
     * Draws it where there is anything to compare the value with.
     *
     * @param unit of all of them, as features name it
     * @param threshold what was asked for
     */
    static void write(HtmlWriter html, double value, String unit, Optional<Double> threshold, Optional<Usual> usual)
            throws IOException {
        List<Double> marks = new ArrayList<>(List.of(value));
        threshold.ifPresent(marks::add);
        usual.ifPresent(range -> marks.addAll(List.of(range.low(), range.high())));
        if (marks.size() < 2 || !marks.stream().allMatch(Double::isFinite)) {
            return;
        }
        Scale scale = Scale.of(marks, unit);
        html.open(
                "svg",
                "class",
                "strip",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "width",
                Integer.toString(WIDTH),
                "height",
                Integer.toString(HEIGHT),
                "aria-hidden",
                "true",
                "focusable",
                "false");
        rectangle(html, "track", MARGIN, WIDTH - 2 * MARGIN, 4);
        if (usual.isPresent()) {
            double from = scale.x(usual.get().low());
            double to = scale.x(usual.get().high());
            double wide = Math.max(THINNEST, to - from);
            rectangle(html, "usual", Math.min(from, WIDTH - MARGIN - wide), wide, 10);
        }
        if (threshold.isPresent()) {
            String at = number(scale.x(threshold.get()));
            html.open("line", "class", "asked", "x1", at, "x2", at, "y1", "1", "y2", Integer.toString(HEIGHT - 1))
                    .close("line");
        }
        html.open("circle", "class", "dot", "cx", number(scale.x(value)), "cy", number(HEIGHT / 2.0), "r", "5")
                .close("circle");
        html.close("svg");
    }

    private static void rectangle(HtmlWriter html, String name, double x, double width, int height) throws IOException {
        html.open(
                        "rect",
                        "class",
                        name,
                        "x",
                        number(x),
                        "y",
                        number((HEIGHT - height) / 2.0),
                        "width",
                        number(width),
                        "height",
                        Integer.toString(height),
                        "rx",
                        "2")
                .close("rect");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * From values to places.
     *
     * @param from the value at the left end
     * @param to the value at the right end, above {@code from}
     */
    private record Scale(double from, double to, boolean logarithmic) {
        static Scale of(List<Double> marks, String unit) {
            double least = marks.stream().min(Double::compare).orElseThrow();
            double most = marks.stream().max(Double::compare).orElseThrow();
            if (unit.equals("share") && least >= 0 && most <= 1) {
                return new Scale(0, 1, false);
            }
            double from = Math.min(0, least);
            double to = Math.max(0, most);
            if (from == to) {
                return new Scale(0, 1, false);
            }
            double smallest =
                    marks.stream().filter(mark -> mark > 0).min(Double::compare).orElse(most);
            return new Scale(from, to, from == 0 && to > FAR_APART * smallest);
        }

        double x(double value) {
            double span = to / 2 - from / 2;
            double share =
                    logarithmic ? Math.log1p(value) / Math.log1p(to) : span > 0 ? (value / 2 - from / 2) / span : 0;
            return MARGIN + Math.min(1, Math.max(0, share)) * (WIDTH - 2 * MARGIN);
        }
    }
}

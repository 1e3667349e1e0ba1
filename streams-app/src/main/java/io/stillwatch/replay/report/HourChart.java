package io.stillwatch.replay.report;

import io.stillwatch.text.Figures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** When requests came, hour by hour: a bar for each, and a line where the alert was opened. */
final class HourChart {
    private static final int MOST_BARS = 168;
    private static final int STEP = 4;
    private static final int BAR = 3;
    private static final int HEIGHT = 48;

    private HourChart() {}

    static void write(HtmlWriter html, HourlyRequests hours, long openedMs) throws IOException {
        HourlyRequests.Bars bars = hours.bars(MOST_BARS);
        List<Long> counts = bars.counts();
        long highest =
                Math.max(1, counts.stream().max(Comparator.naturalOrder()).orElse(1L));
        int width = counts.size() * STEP;
        html.open("figure", "class", "hours");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + width + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "width",
                Integer.toString(2 * width),
                "height",
                Integer.toString(HEIGHT),
                "aria-hidden",
                "true",
                "focusable",
                "false");
        html.open("path", "class", "fill", "d", path(counts, highest)).close("path");
        boolean opened = openedMs >= bars.fromMs() && openedMs <= bars.toMs();
        if (opened) {
            String at = Long.toString(
                    Math.round((double) (openedMs - bars.fromMs()) / (bars.toMs() - bars.fromMs()) * width));
            html.open("line", "class", "opened", "x1", at, "x2", at, "y1", "0", "y2", Integer.toString(HEIGHT))
                    .close("line");
        }
        html.close("svg").open("figcaption", "class", "note").text("Requests from ");
        time(html, bars.fromMs());
        html.text(" to ");
        time(html, bars.toMs());
        html.text("; a bar is " + Figures.window(Duration.ofHours(bars.hours()).toString()) + ", the highest "
                + Figures.counted(highest, "request") + (opened ? "; the line is when the alert was opened." : "."));
        html.close("figcaption").close("figure").line();
    }

    /** All bars as one shape: a page of many alerts stays small. */
    private static String path(List<Long> counts, long highest) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            if (count > 0) {
                long high = Math.max(1, Math.round((double) count / highest * HEIGHT));
                path.append('M')
                        .append(i * STEP)
                        .append(' ')
                        .append(HEIGHT)
                        .append('v')
                        .append(-high)
                        .append('h')
                        .append(BAR)
                        .append('v')
                        .append(high)
                        .append('z');
            }
        }
        return path.toString();
    }

    private static void time(HtmlWriter html, long timeMs) throws IOException {
        Instant instant = Instant.ofEpochMilli(timeMs);
        html.element("time", Times.shown(instant), "datetime", instant.toString());
    }
}

package io.stillwatch.cli.terminal;

import io.stillwatch.runtime.Reporter;
import io.stillwatch.runtime.ShutdownSequence;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long command has come, how fast it goes and when it will be done.
 *
 * <p>On a terminal one line is redrawn a few times a second; elsewhere a plain line comes every ten seconds, so that a
 * log stays readable. Updates are cheap: call as often as convenient. Not safe for use by several threads.
 *
 * <pre>Replaying [########........]  51 %  31,200 events  5,200/s  0:06 left</pre>
 */
public final class Progress implements Reporter.Meter {
    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PLAIN_LINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int BAR_CELLS = 20;
    private static final int NARROWEST_WITH_BAR = 80;

    private final TerminalOutput output;
    private final String label;
    private final String unit;
    private final LongSupplier nanoTime;
    private final long startedNanos;
    private long shownNanos;
    private long done;

    Progress(TerminalOutput output, String label, String unit, LongSupplier nanoTime) {
        this.output = output;
        this.label = label;
        this.unit = unit;
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
        this.shownNanos = startedNanos;
    }

    @Override
    public void update(long doneItems, double fraction) {
        done = doneItems;
        long nowNanos = nanoTime.getAsLong();
        long intervalNanos = output.isLive() ? REDRAW_NANOS : PLAIN_LINE_NANOS;
        if (nowNanos - shownNanos < intervalNanos) {
            return;
        }
        shownNanos = nowNanos;
        String line = describe(fraction, seconds(nowNanos));
        if (output.isLive()) {
            output.live(List.of(Line.of(line)));
        } else {
            output.notice(line);
        }
    }

    /** Takes the line away and leaves one with the totals. */
    @Override
    public void close() {
        output.live(List.of());
        if (ShutdownSequence.isProcessEnding()) {
            return;
        }
        double seconds = seconds(nanoTime.getAsLong());
        output.notice("%s: %s in %s (%s)".formatted(label, items(), clock(seconds), rate(seconds)));
    }

    private String describe(double fraction, double seconds) {
        StringBuilder line = new StringBuilder(label);
        // A small file is read whole before its events are done.
        if (fraction >= 0 && fraction < 1) {
            if (output.columns() >= NARROWEST_WITH_BAR) {
                int full = (int) Math.round(fraction * BAR_CELLS);
                line.append(" [")
                        .append("#".repeat(full))
                        .append(".".repeat(BAR_CELLS - full))
                        .append(']');
            }
            line.append(String.format(Locale.ROOT, " %3d %%", (int) Math.floor(fraction * 100)));
        }
        line.append("  ").append(items()).append("  ").append(rate(seconds));
        if (fraction > 0 && fraction < 1) {
            line.append("  ").append(clock(seconds * (1 - fraction) / fraction)).append(" left");
        }
        return line.toString();
    }

    private String items() {
        return String.format(Locale.ROOT, "%,d %s", done, unit);
    }

    private String rate(double seconds) {
        return String.format(Locale.ROOT, "%,d/s", Math.round(seconds > 0 ? done / seconds : 0));
    }

    private double seconds(long nowNanos) {
        return (nowNanos - startedNanos) / 1e9;
    }

    private static String clock(double seconds) {
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}

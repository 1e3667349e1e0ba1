package io.stillwatch.cli.terminal;

import io.stillwatch.runtime.Reporter;
import io.stillwatch.runtime.Verbosity;
import java.io.PrintStream;
import java.util.List;

/**
 * Everything a command shows. Results go to standard output, everything else to standard error, so that a pipe gets
 * results only.
 *
 * <p>On a terminal the last lines can be a live area that is redrawn in place; where standard error is piped, or
 * {@code NO_COLOR} is set, nothing is ever redrawn and no control sequence is written. All text is escaped: see
 * {@link Span}.
 *
 * <p>Safe for use by several threads.
 */
public final class TerminalOutput implements Reporter {
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Verbosity verbosity;
    private List<Line> live = List.of();

    /** Shows on these streams. */
    public TerminalOutput(PrintStream out, PrintStream err, Terminal terminal, Verbosity verbosity) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.verbosity = verbosity;
    }

    /** The same streams, at another verbosity. */
    public TerminalOutput with(Verbosity other) {
        return new TerminalOutput(out, err, terminal, other);
    }

    /** A line of the result. */
    public void line(String text) {
        line(Line.of(text));
    }

    /** A line of the result, in styles. */
    public synchronized void line(Line line) {
        printAboveLive(out, line.render(colours(terminal.outputIsTerminal())));
    }

    /** Something worth knowing; not with {@code --quiet}. */
    @Override
    public void notice(String text) {
        if (verbosity != Verbosity.QUIET) {
            printToError(Line.of(text));
        }
    }

    /** Something only for those who want to see what goes on inside. */
    @Override
    public void detail(String text) {
        if (verbosity == Verbosity.VERBOSE) {
            printToError(Line.of(text));
        }
    }

    /** What went wrong, in one sentence. */
    @Override
    public void error(String sentence) {
        printToError(Line.of("stillwatch: " + sentence));
    }

    /** A stack trace with {@code --verbose}, nothing otherwise. */
    @Override
    public void trace(Throwable thrown) {
        if (verbosity == Verbosity.VERBOSE) {
            StackTraces.linesOf(thrown).forEach(line -> printToError(Line.of(line)));
        }
    }

    /**
     * Replaces the live area. Does nothing where {@link #isLive} is false. Lines too long for the terminal are cut.
     *
     * @param lines from top to bottom; empty takes the area away
     */
    public synchronized void live(List<Line> lines) {
        if (!isLive()) {
            return;
        }
        clearLive();
        live = List.copyOf(lines);
        drawLive();
    }

    /** Whether there is a terminal on which lines can be redrawn, and somebody who wants to see them. */
    public boolean isLive() {
        return terminal.errorIsTerminal() && !terminal.plain() && verbosity != Verbosity.QUIET;
    }

    /** Whether a person reads the result directly, so that a long one should be cut. */
    public boolean resultIsOnTerminal() {
        return terminal.outputIsTerminal();
    }

    /** The terminal's width in characters. */
    public int columns() {
        return terminal.columns();
    }

    /** Shows how far a long command has come: see {@link Progress}. */
    @Override
    public Progress progress(String label, String unit) {
        return new Progress(this, label, unit, System::nanoTime);
    }

    private synchronized void printToError(Line line) {
        printAboveLive(err, line.render(colours(terminal.errorIsTerminal())));
    }

    private void printAboveLive(PrintStream stream, String line) {
        clearLive();
        stream.println(line);
        stream.flush();
        drawLive();
    }

    private void clearLive() {
        if (!live.isEmpty()) {
            err.print(UP_AND_CLEAR.repeat(live.size()));
            err.flush();
        }
    }

    private void drawLive() {
        for (Line line : live) {
            err.println(line.fit(terminal.columns() - 1).render(true));
        }
        err.flush();
    }

    private boolean colours(boolean streamIsTerminal) {
        return streamIsTerminal && !terminal.plain();
    }
}

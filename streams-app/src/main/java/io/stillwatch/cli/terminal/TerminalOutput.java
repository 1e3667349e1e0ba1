package io.stillwatch.cli.terminal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.runtime.LogFormat;
import io.stillwatch.runtime.Reporter;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.text.JsonLine;
import io.stillwatch.text.Printable;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

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
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private static final int NARROWEST_TEXT = 20;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final LogFormat format;
    private List<Line> live = List.of();

    /** Shows on these streams. */
    public TerminalOutput(PrintStream out, PrintStream err, Terminal terminal, Verbosity verbosity) {
        this(out, err, terminal, verbosity, LogFormat.TEXT);
    }

    private TerminalOutput(PrintStream out, PrintStream err, Terminal terminal, Verbosity verbosity, LogFormat format) {
        this.format = format;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.verbosity = verbosity;
    }

    /** The same streams, at another verbosity, with standard error in another format. */
    public TerminalOutput with(Verbosity other, LogFormat otherFormat) {
        return new TerminalOutput(out, err, terminal, other, otherFormat);
    }

    /** A line of the result. */
    public void line(String text) {
        line(Line.of(text));
    }

    /** A line of the result, in styles. */
    public synchronized void line(Line line) {
        printAboveLive(out, line.render(colours(terminal.outputIsTerminal())));
    }

    /** Makes room for what is shown anew: an empty screen on a terminal, an empty line elsewhere. */
    public synchronized void beginScreen() {
        if (terminal.outputIsTerminal() && !terminal.plain()) {
            out.print(HOME_AND_CLEAR);
            out.flush();
        } else {
            line("");
        }
    }

    /** A table of the result: as wide as it is through a pipe, as wide as the terminal for a person. */
    public void table(TextTable table) {
        (terminal.outputIsTerminal() ? table.lines(columns()) : table.lines()).forEach(this::line);
    }

    /** A table of the result, further to the right. */
    public void table(TextTable table, int indent) {
        (terminal.outputIsTerminal() ? table.lines(columns() - indent) : table.lines())
                .forEach(line -> line(ClauseTable.indented(line, indent)));
    }

    /** Whether a table that is so far to the right shows a column. */
    boolean shows(TextTable table, String column, int indent) {
        return !terminal.outputIsTerminal() || table.shows(column, columns() - indent);
    }

    /** A sentence or more of the result, broken at words on a terminal. Not for what somebody may want to copy. */
    public void prose(String text) {
        if (!terminal.outputIsTerminal()) {
            line(text);
            return;
        }
        Columns.wrap(Printable.escapeAll(text), columns()).forEach(this::line);
    }

    /** What a part of the result is about, after an empty line. */
    public void heading(String text) {
        line("");
        line(Line.of(Span.of(text, Span.Style.BOLD)));
    }

    /** A line in styles that is broken at words, without its styles, where a terminal has too little room for it. */
    public void title(Line line) {
        if (terminal.outputIsTerminal() && Columns.of(Printable.escapeAll(line.plain())) > columns()) {
            prose(line.plain());
        } else {
            line(line);
        }
    }

    /** A text in lines that leave so many columns at the left of a terminal; through a pipe it is one line. */
    List<String> broken(String text, int left) {
        return terminal.outputIsTerminal()
                ? Columns.wrap(Printable.escapeAll(text), Math.max(NARROWEST_TEXT, columns() - left))
                : List.of(text);
    }

    /** As {@link #prose}, with further lines as far to the right as the text begins, and two columns more. */
    public void hanging(String text) {
        int indent = text.length() - text.stripLeading().length();
        if (!terminal.outputIsTerminal()) {
            line(text);
            return;
        }
        String before = " ".repeat(indent);
        for (String part : broken(text.strip(), indent + 2)) {
            line(before + part);
            before = " ".repeat(indent + 2);
        }
    }

    /** Something worth knowing; not with {@code --quiet}. */
    @Override
    public void notice(String text) {
        if (verbosity != Verbosity.QUIET) {
            say("INFO", text);
        }
    }

    /** Something only for those who want to see what goes on inside. */
    @Override
    public void detail(String text) {
        if (verbosity == Verbosity.VERBOSE) {
            say("DEBUG", text);
        }
    }

    /** What went wrong, in one sentence. */
    @Override
    public void error(String sentence) {
        say("ERROR", format == LogFormat.JSON ? sentence : "stillwatch: " + sentence);
    }

    /** A stack trace with {@code --verbose}, nothing otherwise. */
    @Override
    public void trace(Throwable thrown) {
        if (verbosity == Verbosity.VERBOSE) {
            StackTraces.linesOf(thrown).forEach(line -> say("DEBUG", line));
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
        return format == LogFormat.TEXT
                && terminal.errorIsTerminal()
                && !terminal.plain()
                && verbosity != Verbosity.QUIET;
    }

    /** Whether a person reads the result directly, so that a long one should be cut. */
    public boolean resultIsOnTerminal() {
        return terminal.outputIsTerminal();
    }

    /** The terminal's width in characters. */
    public int columns() {
        return terminal.columns();
    }

    /** Whether figures can be drawn in blocks; a pipe takes all characters. */
    public boolean showsBlocks() {
        return terminal.blocks() || !terminal.outputIsTerminal();
    }

    /** Shows how far a long command has come: see {@link Progress}. */
    @Override
    public Progress progress(String label, String unit) {
        return new Progress(this, label, unit, System::nanoTime);
    }

    private void say(String level, String text) {
        if (format == LogFormat.JSON) {
            printJson(level, text);
        } else if (terminal.errorIsTerminal()) {
            Columns.wrap(Printable.escapeAll(text), columns()).forEach(line -> printToError(Line.of(line)));
        } else {
            printToError(Line.of(text));
        }
    }

    /** With the keys that the lines of the log have. */
    private synchronized void printJson(String level, String text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("@timestamp", TIME.format(Instant.now()));
        json.put("log.level", level);
        json.set("message", JsonLine.text(text));
        json.put("ecs.version", "8.11");
        json.put("service.name", "stillwatch");
        json.put("log.logger", "stillwatch");
        json.put("process.thread.name", Thread.currentThread().getName());
        err.println(JsonLine.of(json));
        err.flush();
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

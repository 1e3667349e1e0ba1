package io.stillwatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Standard output and standard error of a run under test. */
public final class Streams {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Stands for standard output. */
    public PrintStream out() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Stands for standard error. */
    public PrintStream err() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** All that went to standard output. */
    public String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** All that went to standard error. */
    public String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The same by lines. */
    public List<String> printedLines() {
        return printed().lines().toList();
    }
}

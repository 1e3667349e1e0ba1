package io.stillwatch.cli.terminal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Stack traces as lines. */
final class StackTraces {
    private StackTraces() {}

    static List<String> linesOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().lines().map(line -> line.replace("\t", "    ")).toList();
    }
}

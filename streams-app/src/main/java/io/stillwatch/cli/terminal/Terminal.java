package io.stillwatch.cli.terminal;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the process's standard output and standard error are connected to.
 *
 * @param outputIsTerminal whether a person reads standard output directly
 * @param errorIsTerminal whether a person reads standard error directly
 * @param plain whether colours and rewriting of lines are unwelcome even on a terminal
 * @param columns the terminal's width, at least 20
 * @param blocks whether the reader's character set has blocks to draw with
 */
public record Terminal(boolean outputIsTerminal, boolean errorIsTerminal, boolean plain, int columns, boolean blocks) {
    public static final Terminal NONE = new Terminal(false, false, true, 80);

    private static final int DEFAULT_COLUMNS = 80;
    private static final int NARROWEST = 20;

    public Terminal {
        columns = Math.max(NARROWEST, columns);
    }

    /** One whose character set is Unicode. */
    public Terminal(boolean outputIsTerminal, boolean errorIsTerminal, boolean plain, int columns) {
        this(outputIsTerminal, errorIsTerminal, plain, columns, true);
    }

    /**
     * The terminal as the launcher found it: Java can tell neither standard error nor the width, and before version 22
     * reports no console as soon as any stream is redirected. Without the launcher Java's word has to do.
     *
     * <p>{@code NO_COLOR} is honoured as no-color.org has it, and so is {@code TERM=dumb}.
     */
    public static Terminal detect(Map<String, String> environment, Properties system) {
        boolean console = isConsole(System.console());
        return new Terminal(
                flag(system, "stillwatch.stdout.terminal", console),
                flag(system, "stillwatch.stderr.terminal", console),
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "dumb").equals("dumb"),
                columns(system.getProperty("stillwatch.columns", "")),
                blocks(environment));
    }

    // In the order in which POSIX lets one overrule the other.
    private static boolean blocks(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
                .orElse(true);
    }

    private static boolean flag(Properties system, String name, boolean otherwise) {
        String value = system.getProperty(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    // From version 22 on there is always a console object, terminal or not.
    private static boolean isConsole(@Nullable Console console) {
        return console != null && Runtime.version().feature() < 22;
    }

    private static int columns(String value) {
        try {
            return value.isEmpty() ? DEFAULT_COLUMNS : Integer.parseInt(value);
        } catch (NumberFormatException unknown) {
            return DEFAULT_COLUMNS;
        }
    }
}

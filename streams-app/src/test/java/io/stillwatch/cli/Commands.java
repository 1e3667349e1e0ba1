package io.stillwatch.cli;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Verbosity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Commands as people type them into a shell, parsed without being run. */
public final class Commands {
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");

    private Commands() {}

    /** What the program does not understand of a command, which is given without the program's name. */
    public static Optional<String> problem(String command) {
        String[] arguments = words(command);
        Streams streams = new Streams();
        CommandLine program = CommandLines.create(
                Map.of(),
                new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL),
                Terminal.NONE,
                streams.out(),
                streams.err(),
                arguments);
        try {
            program.parseArgs(arguments);
            return Optional.empty();
        } catch (CommandLine.ParameterException notUnderstood) {
            return Optional.of(String.valueOf(notUnderstood.getMessage()));
        }
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        StringBuilder joined = new StringBuilder();
        int end = 0;
        while (word.find()) {
            boolean apart = word.start() > end;
            if (apart && joined.length() > 0) {
                words.add(joined.toString());
                joined.setLength(0);
            }
            String found = word.group();
            if (joined.length() == 0 && apart && (found.startsWith("#") || found.matches("[|&;>].*|2>.*"))) {
                return words.toArray(String[]::new);
            }
            joined.append(found.matches("'.*'|\".*\"") ? found.substring(1, found.length() - 1) : found);
            end = word.end();
        }
        if (joined.length() > 0) {
            words.add(joined.toString());
        }
        return words.toArray(String[]::new);
    }
}

package io.stillwatch.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Tells an option whose value was forgotten from one whose value looks like an option: an id can be {@code --help}, but who
 * means it writes {@code --account=--help}.
 */
final class ForgottenValues {
    private static final String END_OF_OPTIONS = "--";

    private ForgottenValues() {}

    /** @throws CommandLine.ParameterException where an option stands where the value of the one before should */
    static void check(ParseResult parsed) {
        Set<String> names = new HashSet<>();
        Set<String> wantValue = new HashSet<>();
        CommandLine innermost = parsed.commandSpec().commandLine();
        for (CommandLine command : parsed.asCommandLineList()) {
            innermost = command;
            for (OptionSpec option : command.getCommandSpec().options()) {
                names.addAll(List.of(option.names()));
                if (option.arity().min() > 0) {
                    wantValue.addAll(List.of(option.names()));
                }
            }
        }
        List<String> arguments = parsed.originalArgs();
        for (int i = 0; i + 1 < arguments.size() && !arguments.get(i).equals(END_OF_OPTIONS); i++) {
            String next = arguments.get(i + 1);
            String name = next.startsWith("--") && next.contains("=") ? next.substring(0, next.indexOf('=')) : next;
            if (wantValue.contains(arguments.get(i)) && names.contains(name)) {
                throw new CommandLine.ParameterException(
                        innermost,
                        "Expected parameter for option '" + arguments.get(i) + "' but found '" + next
                                + "'; a value that is" + " meant so is written " + arguments.get(i) + "=" + next);
            }
        }
    }
}

package io.stillwatch.cli;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.LogLevels;
import io.stillwatch.runtime.UserException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Puts picocli together as all commands use it. */
final class CommandLines {
    private static final int WIDEST_HELP = 110;
    private static final int NARROWEST_HELP = 60;

    /** Commands that tell of all commands. */
    private static final Set<String> OF_ALL = Set.of("config", "completion");

    private CommandLines() {}

    /** @throws UserException where the configuration file cannot be read */
    static CommandLine create(
            Map<String, String> environment,
            TerminalOutput output,
            Terminal terminal,
            PrintStream out,
            PrintStream err,
            String... arguments) {
        Map<String, String> file =
                ConfigOption.find(environment, arguments).map(ConfigFile::read).orElse(Map.of());
        Stillwatch root = new Stillwatch(new Stillwatch.Context(environment, file, output));
        CommandLine commands = new CommandLine(root);
        CommandList.addTo(commands, whole(environment, file, arguments));
        HelpLayout.apply(commands);
        SettingsFile.check(commands.getCommandSpec(), file.keySet());
        ErrorSentences errors = new ErrorSentences(root);
        commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setDefaultValueProvider(new SettingDefaults(environment, file))
                .setColorScheme(colours(terminal.outputIsTerminal() && !terminal.plain() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.columns())))
                .setUsageHelpLongOptionsMaxWidth(34)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                // An account's id may begin with @; it is no file of arguments.
                .setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(hasValueLikeAnOption(arguments))
                .setEndOfOptionsDelimiter(endOfOptions(arguments))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(parsed -> {
                    ForgottenValues.check(parsed);
                    LogLevels.set(root.verbosity(), root.logFormat());
                    return new CommandLine.RunLast().execute(parsed);
                });
        return commands;
    }

    /** Names in bold, as yellow, which picocli gives them, is not read on a light ground. */
    private static ColorScheme colours(Ansi ansi) {
        return new ColorScheme.Builder(ansi)
                .commands(Style.bold)
                .options(Style.bold)
                .parameters(Style.bold)
                .optionParams(Style.italic)
                .errors(Style.fg_red, Style.bold)
                .stackTraces(Style.italic)
                .build();
    }

    /** All commands where a setting may belong to any, or the command line does not name one that does without the others. */
    private static Predicate<String> whole(
            Map<String, String> environment, Map<String, String> file, String... arguments) {
        Set<String> named = Set.copyOf(Arrays.asList(arguments));
        boolean all = named.isEmpty()
                || named.stream().anyMatch(OF_ALL::contains)
                || !file.isEmpty()
                || environment.keySet().stream().anyMatch(name -> name.startsWith(SettingDefaults.ENVIRONMENT_PREFIX));
        return all ? name -> true : named::contains;
    }

    /**
     * Whether something behind an equals sign begins with a dash: an account can be named so. Only then, as an option that
     * takes several values would take the options after it for values, too.
     */
    private static boolean hasValueLikeAnOption(String... arguments) {
        return Arrays.stream(arguments).anyMatch(argument -> argument.matches("(?s)-[^=]+=-.*"));
    }

    /**
     * The arguments as they are parsed: where a value looks like an option, an option of several values is written once for
     * each, and takes one, as it would take what comes after them, too.
     */
    static String[] parted(CommandLine commands, String... arguments) {
        if (!hasValueLikeAnOption(arguments)) {
            return arguments;
        }
        Set<String> several = new HashSet<>();
        takeOneEach(commands, several);
        List<String> parted = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--")) {
                parted.addAll(List.of(arguments).subList(i, arguments.length));
                break;
            }
            if (!several.contains(arguments[i]) || i + 1 == arguments.length || !isPlain(arguments[i + 1])) {
                parted.add(arguments[i]);
                continue;
            }
            String option = arguments[i];
            while (i + 1 < arguments.length && isPlain(arguments[i + 1])) {
                parted.add(option + "=" + arguments[++i]);
            }
        }
        return parted.toArray(String[]::new);
    }

    private static boolean isPlain(String argument) {
        return argument.equals("-") || !argument.startsWith("-");
    }

    private static void takeOneEach(CommandLine command, Set<String> names) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (option.arity().max() > 1) {
                names.addAll(List.of(option.names()));
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option).arity("1").build());
            }
        }
        command.getSubcommands().values().forEach(below -> takeOneEach(below, names));
    }

    /** Two dashes, as everywhere, unless they only stand as a value: picocli would take them for the end there too. */
    private static String endOfOptions(String... arguments) {
        List<String> given = List.of(arguments);
        boolean isValue = given.stream().anyMatch(argument -> argument.startsWith("-") && argument.endsWith("=--"));
        return isValue && !given.contains("--") ? "\u0000" : "--";
    }

    /** Finds {@code --config} before the rest is parsed, because what is in the file decides the other defaults. */
    private static final class ConfigOption {
        @Option(names = "--config")
        private Path path;

        private static Optional<Path> find(Map<String, String> environment, String... arguments) {
            ConfigOption option = new ConfigOption();
            try {
                new CommandLine(option)
                        .setUnmatchedArgumentsAllowed(true)
                        .setDefaultValueProvider(new SettingDefaults(environment, Map.of()))
                        .parseArgs(arguments);
            } catch (CommandLine.ParameterException saidBetterByTheRealParser) {
                return Optional.empty();
            }
            return Optional.ofNullable(option.path);
        }
    }
}

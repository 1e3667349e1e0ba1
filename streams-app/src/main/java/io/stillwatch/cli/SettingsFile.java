package io.stillwatch.cli;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The configuration file with all settings that there are, made from the options themselves, so that it cannot go stale. */
final class SettingsFile {
    private static final int WIDTH = 100;

    private SettingsFile() {}

    /** A setting: an option with the commands that have it. */
    private record Setting(OptionSpec option, Set<String> commands) {}

    /** The lines of the file: each setting explained, with its default, commented out. */
    static List<String> lines(CommandSpec root) {
        Map<String, Setting> everywhere = new LinkedHashMap<>();
        Map<String, Setting> some = new TreeMap<>();
        root.options().forEach(option -> add(everywhere, option, "stillwatch"));
        collect(root.commandLine(), "", everywhere, some);
        List<String> lines = new ArrayList<>(List.of(
                "# Settings of Stillwatch, for --config FILE. The command line comes before the environment, and that before",
                "# this file. Everything here is commented out and shows its default: take the # away from what you change.",
                "# Lines without 'stillwatch.' are Kafka client properties, such as",
                "#security.protocol=SASL_SSL",
                "#sasl.mechanism=SCRAM-SHA-512",
                "",
                "# ---- for every command ----"));
        everywhere.forEach((name, setting) -> write(lines, name, setting));
        lines.add("");
        lines.add("# ---- for run, and others where they are named ----");
        some.forEach((name, setting) -> {
            if (setting.commands().contains("run")) {
                write(lines, name, setting);
            }
        });
        lines.add("");
        lines.add("# ---- for other commands ----");
        some.forEach((name, setting) -> {
            if (!setting.commands().contains("run")) {
                write(lines, name, setting);
            }
        });
        return lines;
    }

    /**
     * Makes sure that the settings of a file are some that there are: a slip of the pen must not go unnoticed.
     *
     * @throws UserException naming the first that is none, with what was probably meant
     */
    static void check(CommandSpec root, Set<String> written) {
        Map<String, Setting> known = new TreeMap<>();
        root.options().forEach(option -> add(known, option, "stillwatch"));
        collect(root.commandLine(), "", known, known);
        for (String name : new TreeSet<>(written)) {
            if (name.startsWith(SettingDefaults.FILE_PREFIX)
                    && !known.containsKey(name.substring(SettingDefaults.FILE_PREFIX.length()))) {
                String setting = name.substring(SettingDefaults.FILE_PREFIX.length());
                throw new UserException(
                        "The configuration file has the setting " + name + ", which there is not"
                                + Suggestion.word(setting, known.keySet())
                                        .map(near -> "; did you mean " + SettingDefaults.FILE_PREFIX + near + "?")
                                        .orElse("; 'stillwatch config' prints all that there are."),
                        ExitStatus.USAGE);
            }
        }
    }

    private static void collect(
            CommandLine command, String path, Map<String, Setting> everywhere, Map<String, Setting> some) {
        command.getSubcommands().values().stream().distinct().forEach(sub -> {
            String name = (path + " " + sub.getCommandName()).strip();
            sub.getCommandSpec().options().stream()
                    .filter(option -> !everywhere.containsKey(name(option)))
                    .forEach(option -> add(some, option, name));
            collect(sub, name, everywhere, some);
        });
    }

    private static void add(Map<String, Setting> settings, OptionSpec option, String command) {
        String name = name(option);
        boolean isSetting = option.longestName().startsWith("--")
                && !option.usageHelp()
                && !option.versionHelp()
                && !name.equals("config");
        if (isSetting) {
            settings.computeIfAbsent(name, unused -> new Setting(option, new TreeSet<>()))
                    .commands()
                    .add(command);
        }
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    private static void write(List<String> lines, String name, Setting setting) {
        OptionSpec option = setting.option();
        lines.add("");
        String about = String.join(" ", option.description()).replace("${DEFAULT-VALUE}", shown(option));
        String commands = setting.commands().equals(Set.of("stillwatch"))
                ? ""
                : " [" + setting.commands().stream().collect(Collectors.joining(", ")) + "]";
        wrap(lines, about + commands);
        boolean flag = option.arity().max() == 0;
        String value = option.defaultValue() != null ? option.defaultValue() : flag ? "false" : option.paramLabel();
        lines.add("#" + SettingDefaults.FILE_PREFIX + name + "=" + value);
    }

    private static String shown(OptionSpec option) {
        return option.defaultValue() != null ? option.defaultValue() : String.valueOf(option.initialValue());
    }

    private static void wrap(List<String> lines, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.replace("%%", "%").strip().split("\\s+", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}

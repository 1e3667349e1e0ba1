package io.stillwatch.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How help is laid out: what must be given in the usage line; a command's own options first, in the order of use; those of
 * Kafka in a group of their own, where a Kafka is talked to; last what every command takes.
 */
final class HelpLayout {
    private static final Set<String> KAFKA =
            Set.of("--bootstrap-servers", "-X", "--prefix", "--data-dir", "--registry");
    private static final Set<String> EVERYWHERE = Set.of("--config", "--verbose", "--quiet", "--log-format", "--help");

    /** Commands that work on files alone. The options of Kafka are taken there, too, but mean nothing. */
    private static final Set<String> WITHOUT_KAFKA = Set.of(
            "stillwatch",
            "stillwatch evaluate",
            "stillwatch calibrate",
            "stillwatch enroll",
            "stillwatch kits",
            "stillwatch config",
            "stillwatch version",
            "stillwatch completion",
            "stillwatch signatures validate",
            "stillwatch signatures test",
            "stillwatch signatures new");

    private HelpLayout() {}

    /** Lays the help of a command and of all below it out. */
    static void apply(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, HelpLayout::commandHeading);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, HelpLayout::footerHeading);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
        command.getSubcommands().values().forEach(HelpLayout::apply);
    }

    private static String synopsis(Help help) {
        CommandSpec spec = help.commandSpec();
        StringBuilder line = new StringBuilder(spec.qualifiedName());
        Set<OptionSpec> grouped = spec.argGroups().stream()
                .flatMap(group -> group.allOptionsNested().stream())
                .collect(Collectors.toSet());
        for (OptionSpec option : spec.options()) {
            if (option.required() && !grouped.contains(option)) {
                line.append(' ').append(option.longestName());
                line.append(option.arity().max() == 0 ? "" : " " + option.paramLabel());
            }
        }
        for (ArgGroupSpec group : spec.argGroups()) {
            if (group.multiplicity().min() > 0) {
                line.append(" (")
                        .append(group.allOptionsNested().stream()
                                .map(OptionSpec::longestName)
                                .collect(Collectors.joining(" | ")))
                        .append(')');
            }
        }
        line.append(" [OPTIONS]");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            line.append(' ').append(label(parameter));
        }
        if (!spec.subcommands().isEmpty()) {
            line.append(" COMMAND");
        }
        return wrapped(line.toString(), spec.usageMessage().width(), "Usage: ".length(), "        ");
    }

    /** A parameter as usage shows it: in brackets where it may be left out, with an ellipsis where there can be several. */
    static String label(PositionalParamSpec parameter) {
        boolean many = parameter.arity().max() > 1
                || parameter.arity().isVariable()
                || parameter.index().isVariable();
        String label = parameter.paramLabel() + (many ? "…" : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    /**
     * Breaks a text at words.
     *
     * @param already columns that its first line has lost already
     * @param indent of further lines
     */
    static String wrapped(String text, int width, int already, String indent) {
        StringBuilder lines = new StringBuilder();
        int used = already;
        for (String word : text.split(" ", -1)) {
            boolean first = lines.isEmpty();
            if (!first && used + 1 + word.length() > width) {
                lines.append(System.lineSeparator()).append(indent);
                used = indent.length();
            } else if (!first) {
                lines.append(' ');
                used++;
            }
            lines.append(word);
            used += word.length();
        }
        return lines.append(System.lineSeparator()).toString();
    }

    private static String parameters(Help help) {
        HelpTable table = new HelpTable(help);
        List<PositionalParamSpec> shown = help.commandSpec().positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        shown.forEach(table::add);
        return shown.isEmpty() ? "" : heading(help, "Arguments:") + table;
    }

    private static String options(Help help) {
        CommandSpec spec = help.commandSpec();
        List<OptionSpec> own = new ArrayList<>();
        List<OptionSpec> kafka = new ArrayList<>();
        List<OptionSpec> everywhere = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            (KAFKA.contains(option.longestName())
                            ? kafka
                            : EVERYWHERE.contains(option.longestName()) ? everywhere : own)
                    .add(option);
        }
        own.sort(Comparator.comparing(option -> !option.required()));
        StringBuilder text = new StringBuilder();
        section(text, help, "Options:", own);
        if (!WITHOUT_KAFKA.contains(spec.qualifiedName())) {
            section(text, help, "Which Kafka, and where data is:", kafka);
        }
        section(text, help, "For every command:", everywhere);
        return text.toString();
    }

    private static String commandHeading(Help help) {
        return help.commandSpec().subcommands().isEmpty() ? "" : heading(help, "Commands:");
    }

    private static String footerHeading(Help help) {
        String text = help.footerHeading().strip();
        return text.isEmpty() ? "" : heading(help, text);
    }

    private static String heading(Help help, String text) {
        return System.lineSeparator()
                + help.colorScheme().ansi().string("@|bold " + text + "|@")
                + System.lineSeparator();
    }

    /** Examples are left as they are, to be copied; the lines of a paragraph are broken anew. */
    private static String footer(Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        StringBuilder text = new StringBuilder();
        List<String> paragraph = new ArrayList<>();
        for (String line : usage.footer()) {
            if (!line.isEmpty() && !line.startsWith(" ")) {
                paragraph.add(line);
                continue;
            }
            end(paragraph, usage.width(), text);
            text.append(line).append(System.lineSeparator());
        }
        end(paragraph, usage.width(), text);
        return text.toString();
    }

    private static void end(List<String> paragraph, int width, StringBuilder text) {
        if (!paragraph.isEmpty()) {
            text.append(wrapped(String.join(" ", paragraph), width, 0, ""));
            paragraph.clear();
        }
    }

    private static void section(StringBuilder text, Help help, String heading, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return;
        }
        HelpTable table = new HelpTable(help);
        options.forEach(table::add);
        text.append(heading(help, heading)).append(table);
    }
}

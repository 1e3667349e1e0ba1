package io.stillwatch.simulate.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads grammar files. One line is one of
 *
 * <pre>
 * # a comment
 * == astronomy                       begins a field; the rules below belong to it
 * = question                         begins a rule
 * What is {*concept}?                an alternative
 * 3x Why {|exactly }is {thing}?      an alternative with weight 3
 * | tides | comets | the Moon        several alternatives without slots
 * </pre>
 *
 * and a slot is one of
 *
 * <pre>
 * {rule} {file.rule}    another rule: of this file, else of {@code words}
 * {*rule} {any rule}    the rule in the speaker's field, in any field
 * {a|b|}                one of these, here nothing as well; may hold slots
 * {3..9}                a number
 * {2..5 times rule}     so many, joined by spaces; {@code lines}: by line breaks; {@code listed}: by ", "
 * {name=slot} {$name}   remembers what the slot wrote, writes it again; {!name=slot} remembers without writing
 * {slot^} {an slot}     with a capital first letter; after "a" or "an"
 * </pre>
 *
 * <p>{@code \n}, {@code \t}, <code>\{</code>, <code>\}</code>, {@code \|} and {@code \\} stand for a line break, a tab and the
 * characters themselves. References are resolved when all files have been read.
 */
final class GrammarReader {
    private static final Pattern WEIGHT = Pattern.compile("^(\\d+)x (.*)$", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("^(\\d+)\\.\\.(\\d+)$");
    private static final Pattern REPEAT = Pattern.compile("^(\\d+)\\.\\.(\\d+) (times|lines|listed) (.+)$");
    private static final Pattern BIND = Pattern.compile("^(!?)([a-z][a-z0-9]*)=(.+)$");

    private record Source(String file, int line, String section, List<String> texts, List<Integer> weights) {}

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new HashMap<>();
    private final List<String> fields = new ArrayList<>();
    private final Map<String, Integer> variables = new HashMap<>();

    void read(String file, String text) {
        String section = file;
        Source current = null;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("== ")) {
                section = line.substring(3).strip();
                fields.add(section);
                current = null;
            } else if (line.startsWith("= ")) {
                String name = section + "." + line.substring(2).strip();
                current = new Source(file, number, section, new ArrayList<>(), new ArrayList<>());
                if (sources.put(name, current) != null) {
                    throw new GrammarException(file + ":" + number + ": rule " + name + " is defined twice.");
                }
                rules.put(name, new Rule(name));
            } else if (current == null) {
                throw new GrammarException(file + ":" + number + ": text before the first rule.");
            } else if (line.startsWith("| ")) {
                for (String item : line.substring(2).split(" \\| ", -1)) {
                    add(current, item.strip());
                }
            } else {
                add(current, line);
            }
        }
    }

    private static void add(Source source, String text) {
        Matcher weighted = WEIGHT.matcher(text);
        if (weighted.matches()) {
            source.texts().add(weighted.group(2));
            source.weights().add(Integer.parseInt(weighted.group(1)));
        } else {
            source.texts().add(text);
            source.weights().add(1);
        }
    }

    Grammar finish() {
        sources.forEach((name, source) -> {
            if (source.texts().isEmpty()) {
                throw new GrammarException(source.file() + ":" + source.line() + ": rule " + name + " is empty.");
            }
            List<Node> nodes = new ArrayList<>();
            for (String text : source.texts()) {
                nodes.add(sequence(source, text));
            }
            Objects.requireNonNull(rules.get(name), name)
                    .define(nodes, source.weights().stream().mapToInt(w -> w).toArray());
        });
        return new Grammar(rules, fields, variables);
    }

    private Node sequence(Source source, String text) {
        List<Node> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(i + 1);
                literal.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
                i += 2;
            } else if (c == '{') {
                int end = closing(source, text, i);
                if (literal.length() > 0) {
                    parts.add(new Node.Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(slot(source, text.substring(i + 1, end)));
                i = end + 1;
            } else {
                literal.append(c);
                i++;
            }
        }
        if (literal.length() > 0) {
            parts.add(new Node.Literal(literal.toString()));
        }
        return parts.size() == 1 ? parts.get(0) : new Node.Sequence(List.copyOf(parts));
    }

    private static int closing(Source source, String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        throw new GrammarException(
                source.file() + ":" + source.line() + ": a slot is not closed in the rule that begins here: " + text);
    }

    private Node slot(Source source, String inside) {
        List<String> options = options(inside);
        if (options.size() > 1) {
            List<Node> nodes = new ArrayList<>();
            for (String option : options) {
                nodes.add(sequence(source, option));
            }
            return new Node.Choice(List.copyOf(nodes));
        }
        return simple(source, inside);
    }

    private Node simple(Source source, String inside) {
        Matcher range = RANGE.matcher(inside);
        if (range.matches()) {
            return new Node.Digits(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        }
        if (inside.startsWith("$")) {
            return new Node.Recall(variable(inside.substring(1)));
        }
        Matcher bind = BIND.matcher(inside);
        if (bind.matches()) {
            return new Node.Bind(
                    variable(bind.group(2)),
                    slot(source, bind.group(3)),
                    !bind.group(1).isEmpty());
        }
        Matcher repeat = REPEAT.matcher(inside);
        if (repeat.matches()) {
            String joiner = switch (repeat.group(3)) {
                case "lines" -> "\n";
                case "listed" -> ", ";
                default -> " ";
            };
            return new Node.Repeat(
                    Integer.parseInt(repeat.group(1)),
                    Integer.parseInt(repeat.group(2)),
                    joiner,
                    slot(source, repeat.group(4)));
        }
        if (inside.endsWith("^")) {
            return new Node.Capitalised(simple(source, inside.substring(0, inside.length() - 1)));
        }
        if (inside.startsWith("an ")) {
            return new Node.Article(simple(source, inside.substring(3)));
        }
        if (inside.startsWith("*")) {
            return new Node.FieldReference(inFields(source, inside.substring(1)), false);
        }
        if (inside.startsWith("any ")) {
            return new Node.FieldReference(inFields(source, inside.substring(4)), true);
        }
        return new Node.Reference(reference(source, inside));
    }

    private static List<String> options(String inside) {
        List<String> options = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == '|' && depth == 0) {
                options.add(inside.substring(from, i));
                from = i + 1;
            }
        }
        options.add(inside.substring(from));
        return options;
    }

    private int variable(String name) {
        return variables.computeIfAbsent(name, n -> variables.size());
    }

    private List<Rule> inFields(Source source, String name) {
        List<Rule> found = new ArrayList<>();
        for (String field : fields) {
            Rule rule = rules.get(field + "." + name);
            if (rule == null) {
                throw new GrammarException(source.file() + ":" + source.line() + ": field " + field + " has no rule "
                        + name + ", which the rule that begins here uses.");
            }
            found.add(rule);
        }
        return List.copyOf(found);
    }

    private Rule reference(Source source, String name) {
        Rule rule = name.contains(".") ? rules.get(name) : rules.get(source.section() + "." + name);
        if (rule == null) {
            rule = rules.get("words." + name);
        }
        if (rule == null) {
            throw new GrammarException(
                    source.file() + ":" + source.line() + ": unknown rule " + name + " in the rule that begins here.");
        }
        return rule;
    }
}

package io.stillwatch.simulate.text;

import io.stillwatch.simulate.chance.Chance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules by qualified name ({@code file.rule}), and the fields (astronomy, cooking, …) that people talk about.
 *
 * <p>A field is a section of a file that defines the same rules as every other field ({@code concept}, {@code howto},
 * {@code problem}, {@code thing}), so that one template serves them all. The syntax is described at
 * {@link GrammarReader}. Immutable and thread-safe.
 */
public final class Grammar {
    private static final List<String> SHIPPED = List.of(
            "words",
            "fields-science",
            "fields-life",
            "fields-work",
            "chat",
            "work",
            "documents",
            "support",
            "data",
            "code",
            "sql",
            "agent",
            "exam",
            "teaching",
            "apps",
            "answers",
            "harvest",
            "evasion",
            "crowd",
            "mill",
            "holdout",
            "lang-de",
            "lang-fr",
            "lang-es",
            "lang-pt",
            "lang-it",
            "lang-zh",
            "lang-ja",
            "lang-ru");

    private final Map<String, Rule> rules;
    private final List<String> fields;
    private final Map<String, Integer> variables;

    Grammar(Map<String, Rule> rules, List<String> fields, Map<String, Integer> variables) {
        this.rules = Map.copyOf(rules);
        this.fields = List.copyOf(fields);
        this.variables = Map.copyOf(variables);
    }

    /** The grammars that come with Stillwatch, read once. */
    public static Grammar standard() {
        return Standard.INSTANCE;
    }

    private static final class Standard {
        static final Grammar INSTANCE = load();

        private static Grammar load() {
            GrammarReader reader = new GrammarReader();
            for (String name : SHIPPED) {
                reader.read(name, resource("/io/stillwatch/simulate/grammar/" + name + ".grammar"));
            }
            return reader.finish();
        }
    }

    private static String resource(String path) {
        try (InputStream in = Grammar.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new GrammarException("The grammar " + path + " is missing from the program.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The grammar " + path + " cannot be read.", e);
        }
    }

    /** The rule of that qualified name. */
    public Rule rule(String qualifiedName) {
        Rule rule = rules.get(qualifiedName);
        if (rule == null) {
            throw new GrammarException("There is no rule " + qualifiedName + " in the grammars.");
        }
        return rule;
    }

    /** Names of the fields, in the order of their index. */
    public List<String> fields() {
        return fields;
    }

    /** Index of the named field. */
    public int field(String name) {
        int index = fields.indexOf(name);
        if (index < 0) {
            throw new GrammarException("There is no field " + name + " in the grammars.");
        }
        return index;
    }

    /**
     * A text of its own, outside any prompt.
     *
     * @param rule qualified name of the rule
     * @param chance picks the words
     * @param field what it is about
     * @param bindings name and text in turn
     */
    public String say(String rule, Chance chance, int field, String... bindings) {
        Speech speech = new Speech(this).begin(chance, field);
        for (int i = 0; i < bindings.length; i += 2) {
            speech.let(bindings[i], bindings[i + 1]);
        }
        return speech.add(rule(rule)).text();
    }

    /** Names of all rules, in order. */
    Set<String> ruleNames() {
        return new TreeSet<>(rules.keySet());
    }

    int variable(String name) {
        Integer index = variables.get(name);
        if (index == null) {
            throw new GrammarException("No grammar uses a slot named " + name + ".");
        }
        return index;
    }

    int variableCount() {
        return variables.size();
    }
}

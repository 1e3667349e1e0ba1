package io.stillwatch.simulate.text;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * One utterance in the making: the buffer, the chance that picks its words, the field the speaker talks about and what
 * its slots were bound to. Reused between utterances; not thread-safe.
 */
public final class Speech {
    private final Grammar grammar;
    private final StringBuilder out = new StringBuilder(512);
    private final String[] bound;
    private Chance chance = new Chance(0);
    private int field;

    public Speech(Grammar grammar) {
        this.grammar = grammar;
        this.bound = new String[grammar.variableCount()];
    }

    /** Empties the buffer and the bindings. */
    public Speech begin(Chance newChance, int newField) {
        out.setLength(0);
        Arrays.fill(bound, null);
        return with(newChance, newField);
    }

    /** Binds the named slot, for the grammars' <code>{$name}</code>. */
    public Speech let(String name, String text) {
        bind(grammar.variable(name), text);
        return this;
    }

    /** Goes on in the same buffer with another chance and field; bindings stay. */
    public Speech with(Chance newChance, int newField) {
        chance = newChance;
        field = newField;
        return this;
    }

    public StringBuilder out() {
        return out;
    }

    public Speech add(CharSequence text) {
        out.append(text);
        return this;
    }

    public Speech add(int number) {
        out.append(number);
        return this;
    }

    public Speech add(Rule rule) {
        rule.write(this);
        return this;
    }

    public Chance chance() {
        return chance;
    }

    int field() {
        return field;
    }

    void bind(int variable, String text) {
        bound[variable] = text;
    }

    String bound(int variable) {
        String text = bound[variable];
        return text == null ? "" : text;
    }

    public String text() {
        return out.toString();
    }
}

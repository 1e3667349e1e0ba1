package io.stillwatch.simulate.text;

import io.stillwatch.simulate.chance.Chance;
import java.util.List;

/** A piece of an alternative that can write itself. */
sealed interface Node {
    void write(Speech speech);

    record Literal(String text) implements Node {
        @Override
        public void write(Speech speech) {
            speech.add(text);
        }
    }

    record Sequence(List<Node> parts) implements Node {
        @Override
        public void write(Speech speech) {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).write(speech);
            }
        }
    }

    record Choice(List<Node> options) implements Node {
        @Override
        public void write(Speech speech) {
            options.get(speech.chance().below(options.size())).write(speech);
        }
    }

    record Digits(int low, int high) implements Node {
        @Override
        public void write(Speech speech) {
            speech.add(speech.chance().between(low, high));
        }
    }

    record Reference(Rule rule) implements Node {
        @Override
        public void write(Speech speech) {
            rule.write(speech);
        }
    }

    /** The rule of that name in the speaker's field, or in any field. */
    record FieldReference(List<Rule> byField, boolean any) implements Node {
        @Override
        public void write(Speech speech) {
            int field = any ? speech.chance().below(byField.size()) : speech.field();
            byField.get(field).write(speech);
        }
    }

    record Recall(int variable) implements Node {
        @Override
        public void write(Speech speech) {
            speech.add(speech.bound(variable));
        }
    }

    record Bind(int variable, Node inner, boolean silent) implements Node {
        @Override
        public void write(Speech speech) {
            StringBuilder out = speech.out();
            int from = out.length();
            inner.write(speech);
            speech.bind(variable, out.substring(from));
            if (silent) {
                out.setLength(from);
            }
        }
    }

    record Capitalised(Node inner) implements Node {
        @Override
        public void write(Speech speech) {
            StringBuilder out = speech.out();
            int from = out.length();
            inner.write(speech);
            if (out.length() > from) {
                out.setCharAt(from, Character.toUpperCase(out.charAt(from)));
            }
        }
    }

    /** The English indefinite article by the first letter, which is right often enough for a person typing. */
    record Article(Node inner) implements Node {
        @Override
        public void write(Speech speech) {
            StringBuilder out = speech.out();
            int from = out.length();
            inner.write(speech);
            boolean vowel = out.length() > from && "aeioAEIO".indexOf(out.charAt(from)) >= 0;
            out.insert(from, vowel ? "an " : "a ");
        }
    }

    record Repeat(int low, int high, String joiner, Node inner) implements Node {
        @Override
        public void write(Speech speech) {
            Chance chance = speech.chance();
            int times = chance.between(low, high);
            for (int i = 0; i < times; i++) {
                if (i > 0) {
                    speech.add(joiner);
                }
                inner.write(speech);
            }
        }
    }
}

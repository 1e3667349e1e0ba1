package io.stillwatch.ingest;

import java.util.BitSet;

/**
 * Finds the end of a JSON value without parsing it: where its brackets close, or, in a broken one, where JSON cannot go
 * on, so that the records after it are still found. That is a line end within a string, and an opening bracket where a
 * name, a comma or a closing bracket would have to stand, as where a record was cut and the next one follows.
 */
final class ValueEnd {

    /** What a byte means for the value. */
    enum Step {
        /** It belongs to the value, which goes on. */
        WITHIN,
        /** It is the last of the value. */
        ENDS_WITH,
        /** It stands behind the value. */
        ENDS_BEFORE,
        /** The value cannot go on with it. */
        BROKEN_BEFORE
    }

    private int depth;
    /** For each open bracket whether it is a brace. */
    private final BitSet braces = new BitSet();

    private boolean inString;
    private boolean escaped;
    /** The last character outside strings that is no blank; 0 at the beginning. */
    private byte last;

    Step pass(byte next) {
        return inString ? inString(next) : outside(next);
    }

    private Step inString(byte next) {
        if (next == '\n') {
            return Step.BROKEN_BEFORE;
        }
        inString = escaped || next != '"';
        escaped = !escaped && next == '\\';
        return Step.WITHIN;
    }

    private Step outside(byte next) {
        if (depth == 0 && (next == ',' || next == ']' || next == '\n')) {
            return Step.ENDS_BEFORE;
        }
        if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            return Step.WITHIN;
        }
        boolean opens = next == '{' || next == '[';
        if (opens && !mayOpen()) {
            return Step.BROKEN_BEFORE;
        }
        last = next;
        if (opens) {
            braces.set(depth, next == '{');
            depth++;
        } else if (next == '}' || next == ']') {
            depth--;
            return depth <= 0 ? Step.ENDS_WITH : Step.WITHIN;
        } else {
            inString = next == '"';
        }
        return Step.WITHIN;
    }

    private boolean mayOpen() {
        if (depth == 0) {
            return last == 0;
        }
        return braces.get(depth - 1) ? last == ':' : last == ',' || last == '[';
    }
}

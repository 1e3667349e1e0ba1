package io.stillwatch.ingest;

import java.util.BitSet;

/**
 * Finds the end of a JSON value without parsing it: where its brackets close, or, in a broken one, where JSON cannot go
 * on, so that the records after it are still found. That is a line end within a string, or anywhere in a log that has each
 * record on one line, and an opening bracket where a
 * name, a comma or a closing bracket would have to stand, as where a record was cut and the next one follows.
 */
final class ValueEnd {

    /** What is known of the value so far. */
    enum State {
        /** It goes on. */
        OPEN,
        /** It has ended. */
        ENDED,
        /** It cannot go on. */
        BROKEN
    }

    /** Whether the value cannot go on behind its line. */
    private final boolean onOneLine;

    private State state = State.OPEN;
    private long lines;
    private int depth;
    /** For each open bracket whether it is a brace. */
    private final BitSet braces = new BitSet();

    private boolean inString;
    private boolean escaped;
    /** The last character outside strings that is no blank; 0 at the beginning. */
    private byte last;

    /** @param onOneLine whether the value must end on the line it begins on */
    ValueEnd(boolean onOneLine) {
        this.onOneLine = onOneLine;
    }

    /**
     * Passes over bytes of the value.
     *
     * @return index of the first byte in {@code [from, to)} behind the value or its break, or {@code to}
     */
    int pass(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state == State.OPEN) {
            if (inString) {
                at = passString(bytes, at, to);
            } else if (outside(bytes[at])) {
                at++;
            }
        }
        return at;
    }

    State state() {
        return state;
    }

    /** Line feeds passed, count. */
    long lines() {
        return lines;
    }

    private int passString(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte next = bytes[at];
            if (next == '\n') {
                state = State.BROKEN;
                return at;
            }
            if (escaped) {
                escaped = false;
            } else if (next == '\\') {
                escaped = true;
            } else if (next == '"') {
                inString = false;
                return at + 1;
            }
        }
        return to;
    }

    /** Whether the byte belongs to the value. */
    private boolean outside(byte next) {
        if (depth == 0 && (next == ',' || next == ']' || next == '\n')) {
            state = State.ENDED;
            return false;
        }
        if (next == '\n' && onOneLine) {
            state = State.BROKEN;
            return false;
        }
        if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            lines += next == '\n' ? 1 : 0;
            return true;
        }
        boolean opens = next == '{' || next == '[';
        if (opens && !mayOpen()) {
            state = State.BROKEN;
            return false;
        }
        last = next;
        if (opens) {
            braces.set(depth, next == '{');
            depth++;
        } else if (next == '}' || next == ']') {
            depth--;
            state = depth <= 0 ? State.ENDED : State.OPEN;
        } else {
            inString = next == '"';
        }
        return true;
    }

    private boolean mayOpen() {
        if (depth == 0) {
            return last == 0;
        }
        return braces.get(depth - 1) ? last == ':' : last == ',' || last == '[';
    }
}

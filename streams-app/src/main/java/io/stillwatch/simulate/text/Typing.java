package io.stillwatch.simulate.text;

import io.stillwatch.simulate.chance.Chance;

/**
 * How a person types: habits of case and punctuation, and slips of the finger.
 *
 * @param lowerCase writes without capitals
 * @param bareEnd leaves out the final full stop or question mark
 * @param slipsPerWord probability of a slip in a word, 0 to 1
 */
public record Typing(boolean lowerCase, boolean bareEnd, double slipsPerWord) {
    /** Text as the grammar wrote it. */
    public static final Typing CLEAN = new Typing(false, false, 0);

    /** A person's habits: most type nearly cleanly, some all in lower case, a few badly. */
    public static Typing of(Chance chance) {
        boolean lower = chance.is(0.28);
        return new Typing(lower, lower ? chance.is(0.7) : chance.is(0.15), chance.is(0.3) ? 0.02 : 0.004);
    }

    /** Retypes what the buffer holds from {@code from} on. */
    public void apply(StringBuilder text, int from, Chance chance) {
        if (bareEnd && text.length() > from + 1) {
            char last = text.charAt(text.length() - 1);
            if (last == '.' || last == '?') {
                text.setLength(text.length() - 1);
            }
        }
        if (lowerCase) {
            for (int i = from; i < text.length(); i++) {
                text.setCharAt(i, Character.toLowerCase(text.charAt(i)));
            }
        }
        if (slipsPerWord > 0) {
            // One draw jumps to the next slip instead of one draw a word.
            int position = from + gap(chance);
            while (position < text.length() - 2) {
                slip(text, position, chance);
                position += gap(chance);
            }
        }
    }

    private int gap(Chance chance) {
        return 2 + (int) Math.min(1e6, chance.exponential(5.5 / slipsPerWord));
    }

    private static void slip(StringBuilder text, int at, Chance chance) {
        char here = text.charAt(at);
        char next = text.charAt(at + 1);
        if (!plain(here) || !plain(next)) {
            return;
        }
        switch (chance.below(3)) {
            case 0 -> {
                text.setCharAt(at, next);
                text.setCharAt(at + 1, here);
            }
            case 1 -> text.deleteCharAt(at);
            default -> text.insert(at, here);
        }
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z';
    }
}

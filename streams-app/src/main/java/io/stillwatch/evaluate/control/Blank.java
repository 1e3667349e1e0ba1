package io.stillwatch.evaluate.control;

import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.schema.RequestEvent;

/**
 * Takes the content away: each prompt, and each text of instructions, becomes a word made from its hash, so that equal texts
 * stay equal and nothing else can be read off them. What is left to judge is behaviour.
 */
public final class Blank {
    private static final int LETTERS = 16;

    private Blank() {}

    /** Blanks a request in place; what the provider counted stays. */
    public static void apply(RequestEvent event) {
        event.setPrompt(word(event.getPrompt()));
        event.setSystem(word(event.getSystem()));
    }

    private static String word(String text) {
        if (text == null || text.isBlank()) {
            return text;
        }
        // Letters only: digits would be taken for a slot of a template.
        char[] letters = new char[LETTERS];
        long hash = Hash64.of(text);
        for (int i = 0; i < LETTERS; i++) {
            letters[i] = (char) ('a' + (hash >>> (4 * i) & 0xF));
        }
        return new String(letters);
    }
}

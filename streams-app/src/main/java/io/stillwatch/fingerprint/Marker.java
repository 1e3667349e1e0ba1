package io.stillwatch.fingerprint;

import java.util.Locale;

/**
 * A sign of what a prompt asks for, found in its wording or its shape.
 *
 * <p>A fingerprint keeps one bit a marker, at the marker's position in this list; new markers go to the end. The
 * wording of the lexical ones is data: {@code markers.yaml} lists phrases by marker and language. A marker alone
 * accuses nobody: signatures read the share of an account's prompts that carry it.
 */
public enum Marker {
    ASKS_REASONING("asks for reasoning to be written out"),
    ASKS_RATIONALE("asks for the reasoning behind an answer that is given"),
    RUBRIC("asks for a grade by a rubric or scale"),
    COMPARES_ANSWERS("gives candidate answers to compare"),
    WRITES_TASKS("asks for new instructions, questions or tasks"),
    REWRITES_PROMPT("asks to rewrite or evolve a given prompt"),
    ANSWER_OPTIONS("gives options to choose from or a fixed answer format"),
    WRITES_CODE("asks for code"),
    CALLS_TOOLS("asks for tool, function or API calls"),
    ROLE_PLAY("assigns a role or persona"),
    SELF_CHAT("asks for both sides of a dialogue"),
    TRANSLATES("asks for a translation"),
    SUMMARISES("asks for a summary"),
    CLASSIFIES("asks for a label"),
    NEUTRAL_REWRITE("asks for a safe or neutral version of a sensitive text"),
    POLITE("is polite"),
    FIRST_PERSON("speaks of the writer"),
    DEICTIC("points at earlier context"),
    IMPERATIVE("opens with a command"),
    QUESTION("ends with a question mark"),
    CONTAINS_CODE("contains code"),
    CONTAINS_NUMBER("contains a number"),
    CONTAINS_URL("contains a URL"),
    MULTILINE("has several lines"),
    FORMULA("contains formula notation"),
    GIVES_ANSWER("carries a finished answer"),
    OPENS_LOWER("opens with a small letter, as typed by hand");

    private final String meaning;

    Marker(String meaning) {
        this.meaning = meaning;
    }

    /** What the prompt does when the marker is set, as the end of a sentence that starts with "the prompt". */
    public String meaning() {
        return meaning;
    }

    /** The marker's bit in a fingerprint's {@code markers}. */
    public long bit() {
        return 1L << position();
    }

    /** Position in a fingerprint's bit set; stable across releases. */
    @SuppressWarnings("EnumOrdinal") // the declared order is the stored format, as documented above
    public int position() {
        return ordinal();
    }

    /** Name in {@code markers.yaml} and in feature names: lower case with underscores. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

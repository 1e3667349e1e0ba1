package io.stillwatch.text;

import java.util.regex.Pattern;

/** Text as a word of a command that somebody may copy into a POSIX shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./][A-Za-z0-9_@%+=:,./-]*");

    private ShellWord() {}

    /**
     * A text as it is where a shell reads it as one word, else in single quotes. What a terminal would not show as it is is
     * shown escaped, so such a word does not find what it names.
     */
    public static String of(String text) {
        String shown = Printable.escapeAll(text);
        return PLAIN.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }
}

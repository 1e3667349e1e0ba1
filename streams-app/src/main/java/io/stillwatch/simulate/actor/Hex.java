package io.stillwatch.simulate.actor;

/** Identifiers in lower-case hexadecimal. */
public final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    /** The lowest {@code digits} hexadecimal digits, 1 to 16. */
    public static String of(long value, int digits) {
        char[] text = new char[digits];
        for (int i = 0; i < digits; i++) {
            text[i] = DIGITS[(int) (value >>> (4 * (digits - 1 - i))) & 0xF];
        }
        return new String(text);
    }
}

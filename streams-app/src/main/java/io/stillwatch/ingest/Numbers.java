package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers out of untrusted text. */
final class Numbers {
    private static final int LONGEST = 64;

    /** Beyond this the digits written out would fill the memory; no double has a larger exponent. */
    private static final int LARGEST_EXPONENT = 400;

    private Numbers() {}

    /** The decimal number the text spells, empty if it spells none or one beyond any use. */
    static Optional<BigDecimal> parse(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(digits);
            return Math.abs((long) number.scale()) <= LARGEST_EXPONENT ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String printable(BigDecimal number) {
        String plain = number.toPlainString();
        return plain.length() <= 40 ? plain : Printable.text(number.toString(), 40);
    }
}

package io.stillwatch.signature;

import io.stillwatch.profile.feature.Feature;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Prints a feature's value the way a person reads it, the same in every locale. */
public final class FeatureText {
    private FeatureText() {}

    /** The feature's clause with the value filled in. */
    public static String clause(Feature feature, double value) {
        return feature.clause().replace("{}", value(feature, value));
    }

    /** The value in its unit: shares as percent, counts with thousands separators. */
    public static String value(Feature feature, double value) {
        return switch (feature.unit()) {
            case SHARE -> number("0.#", value * 100) + " %";
            case COSINE -> number("0.00", value);
            case RATIO -> number("#,##0.##", value);
            case COUNT, TOKENS, CHARACTERS, HOURS, DAYS -> number(Math.abs(value) < 10 ? "#,##0.#" : "#,##0", value);
        };
    }

    /** A share, 0 to 1, in percent. */
    static String percent(double share) {
        return number("0.##", share * 100) + " %";
    }

    private static String number(String pattern, double value) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}

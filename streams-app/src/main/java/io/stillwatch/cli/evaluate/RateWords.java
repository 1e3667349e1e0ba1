package io.stillwatch.cli.evaluate;

import io.stillwatch.evaluate.Rate;
import io.stillwatch.text.Figures;
import java.util.OptionalDouble;

/** Rates and numbers in the cells of tables; what is not known is a dash. */
final class RateWords {
    static final String UNKNOWN = "-";

    private RateWords() {}

    /** A part of a whole, its share, and what that may be in truth. */
    static String rate(Rate rate) {
        return rate.share().isEmpty()
                ? UNKNOWN
                : Figures.count(rate.part()) + " of " + Figures.count(rate.whole()) + ": " + share(rate.share())
                        + between(rate.low(), rate.high());
    }

    static String between(double low, double high) {
        return " [" + Figures.share(low) + ", " + Figures.share(high) + "]";
    }

    static String share(OptionalDouble share) {
        return share.isPresent() ? Figures.share(share.getAsDouble()) : UNKNOWN;
    }

    static String number(OptionalDouble number) {
        return number.isPresent() ? Figures.number(number.getAsDouble()) : UNKNOWN;
    }
}

package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Field values at a parser's current token, as lenient as their meaning allows: a number may stand in quotes, an
 * identifier may be a number. JSON null, and an empty text where a number is wanted, mean absent and are returned as
 * null, as request events have it.
 */
final class Scalars {
    private Scalars() {}

    static @Nullable String text(JsonParser parser, String field) throws IOException, RecordRejected {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> Utf8.encodable(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getText();
            case VALUE_NULL -> null;
            default -> throw wrong(parser, field, "a string");
        };
    }

    static @Nullable Long whole(JsonParser parser, String field) throws IOException, RecordRejected {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (parser.getTextLength() > Json.LONGEST_NUMBER) {
                    throw tooLarge(field, parser.getText(), Long.MAX_VALUE);
                }
                try {
                    return parser.getLongValue();
                } catch (InputCoercionException e) {
                    throw tooLarge(field, parser.getText(), Long.MAX_VALUE);
                }
            }
            case VALUE_NUMBER_FLOAT, VALUE_STRING -> {
                String text = parser.getText();
                return text.isBlank() ? null : exact(field, decimal(field, text));
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> throw wrong(parser, field, "a whole number");
        }
    }

    static @Nullable Integer wholeInt(JsonParser parser, String field) throws IOException, RecordRejected {
        Long value = whole(parser, field);
        if (value == null) {
            return null;
        }
        if (value > Integer.MAX_VALUE) {
            throw tooLarge(field, Long.toString(value), Integer.MAX_VALUE);
        }
        // Below the range of int it is negative in any case, which the validator has a sentence for.
        return (int) Math.max(value, Integer.MIN_VALUE);
    }

    static @Nullable Double number(JsonParser parser, String field) throws IOException, RecordRejected {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (parser.getTextLength() > Json.LONGEST_NUMBER) {
                    throw tooLarge(field, parser.getText(), Long.MAX_VALUE);
                }
                return parser.getDoubleValue();
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                return text.isBlank() ? null : (Double) decimal(field, text).doubleValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> throw wrong(parser, field, "a number");
        }
    }

    static @Nullable Boolean flag(JsonParser parser, String field) throws IOException, RecordRejected {
        switch (parser.currentToken()) {
            case VALUE_TRUE -> {
                return true;
            }
            case VALUE_FALSE -> {
                return false;
            }
            case VALUE_NULL -> {
                return null;
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                    return text.equalsIgnoreCase("true");
                }
                throw wrong(parser, field, "true or false");
            }
            default -> throw wrong(parser, field, "true or false");
        }
    }

    /** A time as milliseconds since 1970; a number counts the given unit. */
    static @Nullable Long time(JsonParser parser, String field, TimeReader.Unit unit)
            throws IOException, RecordRejected {
        return time(parser, field, unit, Optional.empty());
    }

    /** @param zone the zone of a time that has none; empty to refuse it */
    static @Nullable Long time(JsonParser parser, String field, TimeReader.Unit unit, Optional<ZoneId> zone)
            throws IOException, RecordRejected {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return TimeReader.fromNumber(field, decimal(field, parser.getText()), unit);
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                return text.isBlank() ? null : (Long) TimeReader.fromText(field, text, unit, zone);
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> throw wrong(parser, field, "a time");
        }
    }

    private static BigDecimal decimal(String field, String text) throws RecordRejected {
        Optional<BigDecimal> number = Numbers.parse(text);
        if (number.isEmpty()) {
            throw new RecordRejected(field + " '" + Printable.text(text, 40) + "' is not a number");
        }
        return number.get();
    }

    private static long exact(String field, BigDecimal value) throws RecordRejected {
        if (value.stripTrailingZeros().scale() > 0) {
            throw new RecordRejected(field + " " + Numbers.printable(value) + " is not a whole number");
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw tooLarge(field, Numbers.printable(value), Long.MAX_VALUE);
        }
    }

    private static RecordRejected tooLarge(String field, String value, long largest) {
        return new RecordRejected(
                field + " " + Printable.text(value, 40) + " is out of range; the largest possible is " + largest);
    }

    private static RecordRejected wrong(JsonParser parser, String field, String wanted) throws IOException {
        return new RecordRejected(field + " must be " + wanted + ", not " + kind(parser));
    }

    private static String kind(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "'" + Printable.text(parser.getText(), 40) + "'";
            default -> Printable.text(parser.getText(), 40);
        };
    }
}

package io.stillwatch.bench.memory;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory, written as the Java machine's options are: {@code 512m}, {@code 1g}.
 *
 * @param count bytes
 */
record Bytes(long count) {
    static Bytes parse(String text) {
        String number = text.toLowerCase(Locale.ROOT);
        int shift = number.endsWith("g") ? 30 : number.endsWith("m") ? 20 : number.endsWith("k") ? 10 : 0;
        return new Bytes(Long.parseLong(shift == 0 ? number : number.substring(0, number.length() - 1)) << shift);
    }

    /** As an option value that {@link #parse} and the Java machine read, in whole MiB. */
    String option() {
        return (count >> 20) + "m";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d MiB", (count + (1 << 19)) >> 20);
    }

    /** Reads the command line's amounts. */
    static final class Converter implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            try {
                return parse(text);
            } catch (NumberFormatException wrong) {
                throw new TypeConversionException("'" + text + "' is no amount of memory such as 512m or 1g");
            }
        }
    }
}

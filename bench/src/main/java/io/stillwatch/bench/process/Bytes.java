package io.stillwatch.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory, written as the Java machine's options are: {@code 512m}, {@code 1g}.
 *
 * @param count bytes
 */
public record Bytes(long count) {
    /**
     * Reads an amount.
     *
     * @throws NumberFormatException where it is none
     */
    public static Bytes parse(String text) {
        String number = text.toLowerCase(Locale.ROOT);
        int shift = number.endsWith("g") ? 30 : number.endsWith("m") ? 20 : number.endsWith("k") ? 10 : 0;
        return new Bytes(Long.parseLong(shift == 0 ? number : number.substring(0, number.length() - 1)) << shift);
    }

    /** What the files below a directory take, nothing when there is none; where files come and go meanwhile, about that. */
    public static Bytes onDisk(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return new Bytes(0);
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                // Unlike the newer call it takes a file that has been deleted by now for an empty one.
                bytes += Files.isRegularFile(file) ? file.toFile().length() : 0;
            }
        } catch (UncheckedIOException goneWhileWalking) {
            return new Bytes(bytes);
        }
        return new Bytes(bytes);
    }

    /** The larger one. */
    public Bytes or(Bytes other) {
        return other.count > count ? other : this;
    }

    /** As an option value that {@link #parse} and the Java machine read, in whole MiB. */
    public String option() {
        return (count >> 20) + "m";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d MiB", (count + (1 << 19)) >> 20);
    }

    /** Reads the command line's amounts. */
    public static final class Converter implements ITypeConverter<Bytes> {
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

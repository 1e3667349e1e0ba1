package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.PipelineOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How much memory the pipeline may take beside the Java heap's other uses. */
final class MemoryOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmg]?)i?b?");
    private static final long LEAST_BYTES = 8L << 20;

    @Option(
            names = "--cache-memory",
            paramLabel = "SIZE",
            description = "Heap for the accounts in use, such as 256m (default: a fifth of the heap, at most 256m).")
    private Optional<String> cache = Optional.empty();

    @Option(
            names = "--rocksdb-memory",
            paramLabel = "SIZE",
            description = "Memory beside the heap for all state stores together, such as 1g (default: 256m).")
    private Optional<String> rocksDb = Optional.empty();

    /**
     * The options with the ceilings asked for.
     *
     * @throws UserException where a size makes no sense
     */
    PipelineOptions applyTo(PipelineOptions options) {
        return options.withMemory(
                cache.map(size -> bytes("--cache-memory", size)).orElse(options.cacheBytes()),
                rocksDb.map(size -> bytes("--rocksdb-memory", size)).orElse(options.rocksDbBytes()));
    }

    static long bytes(String option, String size) {
        Matcher parts = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new UserException(
                    option + " is a size such as 256m or 1g, not '" + Printable.escape(size) + "'.", ExitStatus.USAGE);
        }
        int shift = switch (parts.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(parts.group(1));
        if (number > Long.MAX_VALUE >> shift || number << shift < LEAST_BYTES) {
            throw new UserException(option + " must be at least 8m, not " + size + ".", ExitStatus.USAGE);
        }
        return number << shift;
    }
}

package io.stillwatch.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files, sockets and the like that the process has open, and how many it may.
 *
 * <p>RocksDB and the embedded Kafka keep a handle for every file of theirs, a few for every partition. What fails for want
 * of one fails with whatever sentence the one who needed it has.
 *
 * @param open handles in use
 * @param most handles that the process may have
 */
public record FileHandles(long open, long most) {
    /** Fewer are used up by the embedded Kafka and the stores of a few partitions. */
    public static final long FEW = 4_096;

    private static final long LAST = 16;
    private static final String USED_UP = "too many open files";

    /** Those of this process; empty where the operating system does not say. */
    public static Optional<FileHandles> now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(new FileHandles(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount()))
                : Optional.empty();
    }

    /** Whether there are too few for the next file to be opened. */
    public boolean usedUp() {
        return most - open < LAST;
    }

    /** Whether a failure, or what caused it, is that no more files may be opened. */
    public static boolean caused(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (tells(at.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sentence of a failure is that of the operating system where no more files may be opened. */
    public static boolean tells(@Nullable String sentence) {
        return sentence != null && sentence.toLowerCase(Locale.ROOT).contains(USED_UP);
    }

    /** What to tell a person where they are used up. */
    public static String sentence() {
        String limit = now().map(handles -> " (" + handles.most() + ")").orElse("");
        return "The process may open no more files" + limit + "; raise the limit, as with 'ulimit -n 65536' before the"
                + " start, LimitNOFILE=65536 in a systemd unit, or --ulimit nofile=65536 for a container.";
    }
}

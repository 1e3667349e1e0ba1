package io.stillwatch.cli.check;

import io.stillwatch.broker.BrokerException;
import io.stillwatch.broker.DataDirectory;
import io.stillwatch.broker.RunningInstance;
import io.stillwatch.host.FileHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the machine must offer: a Java, memory, and a place for data. */
final class HostChecks {
    static final int OLDEST_JAVA = 17;

    private static final long MIB = 1024L * 1024;
    private static final long GIB = 1024 * MIB;
    private static final long LEAST_HEAP_BYTES = 200 * MIB;
    private static final long GOOD_HEAP_BYTES = 480 * MIB;
    private static final long LEAST_DISK_BYTES = 512 * MIB;
    private static final long GOOD_DISK_BYTES = 5 * GIB;

    private HostChecks() {}

    static Checkup java(Runtime.Version version) {
        String found = "Java " + version;
        return version.feature() < OLDEST_JAVA
                ? Checkup.fail("java", found + " is too old; install " + OLDEST_JAVA + " or newer.")
                : Checkup.ok("java", found);
    }

    static Checkup memory(long maxHeapBytes) {
        String found = "up to " + TopicTable.size(maxHeapBytes) + " of heap";
        if (maxHeapBytes < LEAST_HEAP_BYTES) {
            return Checkup.fail("memory", found + " is too little; set STILLWATCH_JAVA_OPTS=-Xmx512m or more.");
        }
        return maxHeapBytes < GOOD_HEAP_BYTES
                ? Checkup.warn("memory", found + " may be slow; set STILLWATCH_JAVA_OPTS=-Xmx512m or more.")
                : Checkup.ok("memory", found);
    }

    static Checkup files() {
        return FileHandles.now()
                .map(handles -> files(handles.most()))
                .orElseGet(() -> Checkup.ok("files", "how many may be open cannot be told here"));
    }

    static Checkup files(long most) {
        String found = "up to " + most + " open at once";
        return most < FileHandles.FEW
                ? Checkup.warn("files", found + " may be too few; raise it with 'ulimit -n 65536' before the start.")
                : Checkup.ok("files", found);
    }

    static Checkup disk(Path directory) {
        try {
            return disk(directory, Files.getFileStore(existing(directory)).getUsableSpace());
        } catch (IOException unknown) {
            return Checkup.warn("disk", "free space for " + directory + " cannot be told: " + unknown + ".");
        }
    }

    static Checkup disk(Path directory, long freeBytes) {
        String found = TopicTable.size(freeBytes) + " free for " + directory;
        if (freeBytes < LEAST_DISK_BYTES) {
            return Checkup.fail("disk", found + "; make room or give another --data-dir.");
        }
        return freeBytes < GOOD_DISK_BYTES
                ? Checkup.warn(
                        "disk", found + "; a busy pipeline fills that soon, make room or give another --data-dir.")
                : Checkup.ok("disk", found);
    }

    static Checkup data(Path directory) {
        try {
            Optional<RunningInstance> owner = DataDirectory.owner(directory);
            if (owner.isPresent()) {
                return Checkup.ok(
                        "data",
                        directory + " is in use by the process with pid "
                                + owner.get().pid());
            }
            DataDirectory.examine(directory);
        } catch (BrokerException unusable) {
            return Checkup.fail("data", unusable.getMessage());
        }
        if (!Files.isWritable(existing(directory))) {
            return Checkup.fail("data", directory + " cannot be written; give a --data-dir that is yours.");
        }
        return Checkup.ok("data", directory + (Files.exists(directory) ? " is free" : " will be created"));
    }

    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (Files.notExists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}

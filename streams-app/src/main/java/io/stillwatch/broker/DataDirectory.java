package io.stillwatch.broker;

import io.stillwatch.host.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that belongs to this process until it is closed, and that only its owner can look into.
 *
 * <pre>
 * stillwatch.properties   what wrote the directory ({@link LayoutMarker})
 * stillwatch.lock         locked by the owner; holds its process id and its Kafka's address
 * kafka/                  the embedded Kafka's records and metadata
 * streams/                Kafka Streams' state stores
 * </pre>
 *
 * The operating system drops the lock when the owner ends, however it ends; nobody has to clean up after a crash.
 */
public final class DataDirectory implements AutoCloseable {
    static final String LOCK_FILE = "stillwatch.lock";

    // Past the file's content: on Windows a lock keeps others from reading the bytes it covers.
    private static final long LOCK_POSITION = Long.MAX_VALUE - 1;
    private static final Set<String> LEFT_BY_AN_INTERRUPTED_FIRST_USE =
            Set.of(LOCK_FILE, LayoutMarker.FILE_NAME + ".new");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates the directory where absent and takes it for this process.
     *
     * @throws BrokerException where another process has it, something newer wrote it, it holds somebody else's files,
     *     or it cannot be written
     */
    public static DataDirectory claim(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            PrivateFiles.directory(path);
            requireOurs(path);
            DataDirectory claimed = lock(path);
            try {
                claimed.mark();
                claimed.announce(Optional.empty());
                return claimed;
            } catch (IOException | RuntimeException failed) {
                claimed.close();
                throw failed;
            }
        } catch (FileAlreadyExistsException | NotDirectoryException file) {
            throw new BrokerException(path + " is a file where a directory is needed; give another --data-dir.", file);
        } catch (AccessDeniedException denied) {
            throw new BrokerException(path + " cannot be written; give a --data-dir that is yours.", denied);
        } catch (IOException broken) {
            throw new BrokerException(path + " cannot be used as data directory: " + broken + ".", broken);
        }
    }

    /**
     * Who has a directory at this moment, without taking it.
     *
     * @return the owner, or empty where the directory is free or does not exist
     * @throws BrokerException where the directory cannot be examined
     */
    public static Optional<RunningInstance> owner(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        Path file = path.resolve(LOCK_FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock probe = channel.tryLock(LOCK_POSITION, 1, false)) {
            return probe == null ? Optional.of(RunningInstance.read(file)) : Optional.empty();
        } catch (OverlappingFileLockException ownProcess) {
            return Optional.of(RunningInstance.read(file));
        } catch (IOException broken) {
            throw new BrokerException(path + " cannot be examined: " + broken + ".", broken);
        }
    }

    /**
     * Whether a claim would find a directory it can read, without making or changing anything.
     *
     * @throws BrokerException as {@link #claim} would throw, but for an owner
     */
    public static void examine(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            if (Files.exists(path)) {
                requireOurs(path);
            }
        } catch (NotDirectoryException file) {
            throw new BrokerException(path + " is a file where a directory is needed; give another --data-dir.", file);
        } catch (IOException broken) {
            throw new BrokerException(path + " cannot be examined: " + broken + ".", broken);
        }
    }

    public Path path() {
        return path;
    }

    /** Where the embedded Kafka keeps its records. */
    public Path kafka() {
        return path.resolve("kafka");
    }

    /** Where Kafka Streams keeps its stores. */
    public Path streams() {
        return path.resolve("streams");
    }

    /** Tells other processes on this machine where this one's Kafka listens. */
    void announce(Optional<String> bootstrapServers) throws IOException {
        byte[] content = new RunningInstance(ProcessHandle.current().pid(), bootstrapServers)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content), 0);
    }

    /** Gives the directory up. What it holds stays. */
    @Override
    public void close() {
        try (channel) {
            if (lock.isValid()) {
                channel.truncate(0);
                lock.release();
            }
        } catch (IOException broken) {
            throw new BrokerException(path + " could not be given up cleanly: " + broken + ".", broken);
        }
    }

    private static DataDirectory lock(Path path) throws IOException {
        Path file = path.resolve(LOCK_FILE);
        FileChannel channel = PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            FileLock lock = channel.tryLock(LOCK_POSITION, 1, false);
            if (lock != null) {
                return new DataDirectory(path, channel, lock);
            }
        } catch (OverlappingFileLockException ownProcess) {
            channel.close();
            throw inUse(path, ownProcess);
        } catch (IOException broken) {
            channel.close();
            throw broken;
        }
        channel.close();
        throw inUse(path, null);
    }

    private static BrokerException inUse(Path path, @Nullable Exception cause) {
        String owner = RunningInstance.read(path.resolve(LOCK_FILE)).describe();
        return new BrokerException(path + " is in use by " + owner + "; stop it or give another --data-dir.", cause);
    }

    private void mark() throws IOException {
        LayoutMarker program = LayoutMarker.current();
        Optional<LayoutMarker> found = LayoutMarker.read(path);
        // Again under the lock: since the first look a newer process may have come and gone.
        found.ifPresent(marker -> marker.requireReadableBy(program, path));
        LayoutMarker next = found.map(marker -> marker.after(program)).orElse(program);
        if (found.isEmpty() || !found.get().equals(next)) {
            next.write(path);
        }
    }

    private static void requireOurs(Path path) throws IOException {
        Optional<LayoutMarker> marker = LayoutMarker.read(path);
        if (marker.isPresent()) {
            marker.get().requireReadableBy(LayoutMarker.current(), path);
        } else if (holdsForeignFiles(path)) {
            throw new BrokerException(path + " is not empty and holds no Stillwatch data; give a new or empty directory"
                    + " as --data-dir.");
        }
    }

    private static boolean holdsForeignFiles(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!LEFT_BY_AN_INTERRUPTED_FIRST_USE.contains(
                        entry.getFileName().toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}

package io.stillwatch.topology.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the local state of an application is what its last run left behind.
 *
 * <p>Local state is a copy of changelog topics. Streams trusts it as far as the offset beside it says, and an offset kept
 * beside files that are damaged, cut or gone makes a pipeline that dies at every start or, worse, one that has forgotten
 * without a word. So when the pipeline has stopped cleanly a <em>seal</em> is written: name, size and CRC-32C of every
 * file. At the next start each task's files must be those, all of them and no others; a task of which that is not true
 * loses its directory, and Streams builds it again from the changelog. The seal is broken before anything is opened, so
 * after a crash there is none, and nothing is trusted (as Streams itself does with exactly-once).
 *
 * <p>Files of RocksDB never change once they are written. One that is the same file as at the start, by size, time and
 * inode, keeps the sum it had then: sealing reads new files only, and what was damaged meanwhile is found at the next
 * start.
 */
public final class StateSeal {
    static final String FILE = "stillwatch.seal";

    private static final Logger LOG = LoggerFactory.getLogger(StateSeal.class);
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");
    private static final int BUFFER_BYTES = 1 << 20;
    private static final String FIRST_LINE = "stillwatch-seal 1 of ";

    private final Path directory;
    private Map<String, FileSum> known = Map.of();

    /** @param directory of the application's state: a directory for each task lies in it */
    public StateSeal(Path directory) {
        this.directory = directory;
    }

    /**
     * What is known of a file.
     *
     * @param bytes its size
     * @param crc CRC-32C of its content
     * @param identity tells the file from another of the same name and size; empty where that is not known
     */
    private record FileSum(long bytes, long crc, String identity) {
        boolean sameContentAs(FileSum other) {
            return bytes == other.bytes && crc == other.crc;
        }
    }

    /**
     * Breaks the seal, and deletes the state of each task that is not as it was sealed.
     *
     * @param changelogs what tells the changelog topics from others of the same names
     * @return names of the tasks whose state is gone, in order
     * @throws UncheckedIOException where the directory cannot be read or changed
     */
    public List<String> open(String changelogs) {
        try {
            List<Path> tasks = tasks();
            Optional<Map<String, FileSum>> sealed = read(changelogs);
            Files.deleteIfExists(directory.resolve(FILE));
            if (sealed.isEmpty()) {
                return forgetUnsealed(tasks);
            }
            List<String> gone = new ArrayList<>();
            known = new TreeMap<>();
            for (Path task : tasks) {
                Map<String, FileSum> found = sums(task, Map.of());
                Map<String, FileSum> expected = within(task, sealed.get());
                Optional<String> difference = difference(expected, found);
                if (difference.isPresent()) {
                    LOG.warn(
                            "The local state of task {} is damaged ({}), so it is built again from its changelog topics;"
                                    + " nothing is lost.",
                            task.getFileName(),
                            difference.get());
                    delete(task);
                    gone.add(task.getFileName().toString());
                } else {
                    known.putAll(found);
                }
            }
            for (String task : missing(tasks, sealed.get())) {
                LOG.warn(
                        "The local state of task {} is gone, so it is built again from its changelog topics; nothing is"
                                + " lost.",
                        task);
                gone.add(task);
            }
            return gone;
        } catch (IOException e) {
            throw new UncheckedIOException("The local state in " + directory + " cannot be examined.", e);
        }
    }

    private List<String> forgetUnsealed(List<Path> tasks) throws IOException {
        List<String> gone = new ArrayList<>();
        for (Path task : tasks) {
            if (!sums(task, Map.of()).isEmpty()) {
                gone.add(task.getFileName().toString());
            }
            delete(task);
        }
        if (!gone.isEmpty()) {
            LOG.warn(
                    "The last run did not end cleanly or its changelog topics are no more, so the local state of {} is built again from its changelog topics;"
                            + " nothing is lost.",
                    gone.size() == 1 ? "one task" : gone.size() + " tasks");
        }
        return gone;
    }

    /**
     * Seals what lies in the directory; called when nothing writes there any more.
     *
     * @param changelogs what tells the changelog topics from others of the same names
     * @throws UncheckedIOException where that cannot be done; without a seal the state is built again
     */
    public void close(String changelogs) {
        try {
            if (!Files.isDirectory(directory)) {
                return;
            }
            Map<String, FileSum> sums = new TreeMap<>();
            for (Path task : tasks()) {
                sums.putAll(sums(task, known));
            }
            write(changelogs, sums);
        } catch (NoSuchFileException | UncheckedIOException e) {
            // Whoever owns the directory took it away meanwhile, as one does with a temporary one.
            LOG.debug("The local state in {} is gone and not sealed.", directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The local state in " + directory + " cannot be sealed.", e);
        }
    }

    private List<Path> tasks() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> tasks = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (TASK.matcher(entry.getFileName().toString()).matches()) {
                    tasks.add(entry);
                }
            }
        }
        tasks.sort(Comparator.naturalOrder());
        return tasks;
    }

    private static Map<String, FileSum> within(Path task, Map<String, FileSum> all) {
        Map<String, FileSum> within = new TreeMap<>();
        String prefix = task.getFileName() + "/";
        all.forEach((name, sum) -> {
            if (name.startsWith(prefix)) {
                within.put(name, sum);
            }
        });
        return within;
    }

    private static List<String> missing(List<Path> tasks, Map<String, FileSum> sealed) {
        List<String> present =
                tasks.stream().map(task -> task.getFileName().toString()).toList();
        return sealed.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .filter(task -> !present.contains(task))
                .toList();
    }

    private static Optional<String> difference(Map<String, FileSum> expected, Map<String, FileSum> found) {
        for (Map.Entry<String, FileSum> entry : expected.entrySet()) {
            FileSum now = found.get(entry.getKey());
            if (now == null) {
                return Optional.of(entry.getKey() + " is missing");
            }
            if (!now.sameContentAs(entry.getValue())) {
                return Optional.of(entry.getKey() + " has changed");
            }
        }
        return found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .map(name -> name + " was not there when it was closed");
    }

    private Map<String, FileSum> sums(Path task, Map<String, FileSum> before) throws IOException {
        Map<String, FileSum> sums = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walked = Files.walk(task)) {
            files = walked.filter(file -> !Files.isDirectory(file))
                    .filter(StateSeal::isState)
                    .toList();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            sums.put(name, sum(file, Optional.ofNullable(before.get(name)), buffer));
        }
        return sums;
    }

    /** What RocksDB and Streams write for people and for locking tells nothing of the state. */
    private static boolean isState(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith("LOG") && !name.equals("LOCK") && !name.equals(".lock");
    }

    private static FileSum sum(Path file, Optional<FileSum> before, ByteBuffer buffer) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String identity = attributes.fileKey() == null
                ? ""
                : attributes.lastModifiedTime().toInstant() + " " + attributes.fileKey();
        if (before.isPresent()
                && before.get().bytes() == attributes.size()
                && !identity.isEmpty()
                && before.get().identity().equals(identity)) {
            return before.get();
        }
        CRC32C crc = new CRC32C();
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                buffer.flip();
                bytes += buffer.remaining();
                crc.update(buffer);
            }
        }
        return new FileSum(bytes, crc.getValue(), identity);
    }

    /** Empty where there is no seal, or it is damaged or of other changelogs: then nothing vouches for the state. */
    private Optional<Map<String, FileSum>> read(String changelogs) throws IOException {
        String text;
        try {
            text = Files.readString(directory.resolve(FILE), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        int last = text.lastIndexOf('\n', Math.max(0, text.length() - 2));
        if (last < 0 || !text.substring(last + 1).equals(lastLine(text.substring(0, last + 1)))) {
            LOG.warn("The file {} is damaged.", directory.resolve(FILE));
            return Optional.empty();
        }
        Map<String, FileSum> sums = new TreeMap<>();
        String[] lines = text.substring(0, last).split("\n", -1);
        if (!lines[0].equals(FIRST_LINE + changelogs)) {
            // Another release wrote it, or it is a copy of changelogs that are no more.
            return Optional.empty();
        }
        for (int at = 1; at < lines.length; at++) {
            String[] parts = lines[at].split(" ", 3);
            sums.put(parts[2], new FileSum(Long.parseLong(parts[0]), Long.parseLong(parts[1], 16), ""));
        }
        return Optional.of(sums);
    }

    private static String lastLine(String before) {
        CRC32C crc = new CRC32C();
        crc.update(before.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue()) + "\n";
    }

    private void write(String changelogs, Map<String, FileSum> sums) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append(changelogs).append('\n');
        sums.forEach((name, sum) -> text.append(sum.bytes())
                .append(' ')
                .append(Long.toHexString(sum.crc()))
                .append(' ')
                .append(name)
                .append('\n'));
        text.append(lastLine(text.toString()));
        Path fresh = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

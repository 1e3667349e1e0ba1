package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

/** Local state that is damaged is built again, whatever was done to it, and nothing that follows is any different. */
@Tag("broker")
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DamagedStateTest {
    private static final long SEED = 20_261_129;
    private static final int TRIES = 14;
    private static final Traffic TRAFFIC = new Traffic();

    private Installation installation;
    private Path intact;
    private Map<String, String> stored;
    private Outcome undisturbed;

    @BeforeAll
    void stopHalfWay(@TempDir Path whole, @TempDir Path half) throws Exception {
        try (Installation other = new Installation(whole, 2, TRAFFIC)) {
            other.run(1);
            undisturbed = other.outcome();
        }
        installation = new Installation(half, 2, TRAFFIC);
        installation.run(0.6);
        intact = half.resolve("intact");
        copy(installation.state(), intact);
        stored = stored();
        assertThat(stored.keySet()).anyMatch(key -> key.startsWith("0_0/panes"));
        assertThat(stored.keySet()).anyMatch(key -> key.startsWith("0_1/accounts"));
    }

    @AfterAll
    void close() {
        installation.close();
    }

    @Test
    void whateverIsDoneToTheFilesTheStateIsTheSameAfterwardsAndSoIsWhatFollows() throws Exception {
        Random random = new Random(SEED);
        List<String> done = new ArrayList<>();
        try (Sentences sentences = new Sentences()) {
            for (int at = 0; at < TRIES; at++) {
                done.add(damage(at, random));
                int said = saidOfDamage(sentences);
                installation.start();
                installation.stop();

                assertThat(saidOfDamage(sentences)).as("%s", done).isGreaterThan(said);
                assertThat(stored()).as("%s", done).containsAllEntriesOf(stored);
                delete(installation.state());
                copy(intact, installation.state());
            }
        }
        System.out.println("Seed " + SEED + ": " + done);
        damage(TRIES, random);
        installation.run(1);

        assertThat(installation.outcome().differencesFrom(undisturbed)).isEmpty();
    }

    private static int saidOfDamage(Sentences sentences) {
        return sentences.with("is damaged").size()
                + sentences.with("is gone").size()
                + sentences.with("cleanly").size();
    }

    /** The known ways first, then any. */
    private String damage(int at, Random random) throws IOException {
        Path task = installation.state().resolve("0_0");
        switch (at) {
            case 0 -> delete(task.resolve("rocksdb/panes"));
            case 1 -> delete(task.resolve("rocksdb/accounts"));
            case 2 -> Files.writeString(task.resolve(".checkpoint_panes"), "no checkpoint");
            case 3 -> Files.delete(task.resolve(".checkpoint_panes"));
            case 4 -> empty(task.resolve("rocksdb/panes"));
            case 5 -> empty(task.resolve("rocksdb/accounts"));
            case 6 -> delete(task);
            case 7 -> Files.delete(installation.state().resolve("stillwatch.seal"));
            default -> {
                return damageAny(random);
            }
        }
        return "known way " + at;
    }

    private static void empty(Path directory) throws IOException {
        delete(directory);
        Files.createDirectories(directory);
    }

    private String damageAny(Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(installation.state())) {
            files = walked.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("rocksdb")
                            || file.toString().contains("checkpoint"))
                    .filter(file -> !file.getFileName().toString().matches("LOG.*|LOCK"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        String name = installation.state().relativize(file).toString();
        switch (random.nextInt(4)) {
            case 0 -> {
                int bit = random.nextInt(bytes.length * 8);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, bytes);
                return "bit " + bit + " of " + name;
            }
            case 1 -> {
                int kept = random.nextInt(bytes.length);
                Files.write(file, Arrays.copyOf(bytes, kept));
                return name + " cut to " + kept;
            }
            case 2 -> {
                Files.delete(file);
                return name + " deleted";
            }
            default -> {
                Files.write(file, new byte[bytes.length], StandardOpenOption.TRUNCATE_EXISTING);
                return name + " zeroed";
            }
        }
    }

    /** What all stores hold, by task, store and key. */
    private Map<String, String> stored() throws Exception {
        Map<String, String> stored = new TreeMap<>();
        try (Stream<Path> walked = Files.walk(installation.state(), 3)) {
            for (Path database : walked.filter(path -> path.getParent().endsWith("rocksdb"))
                    .sorted()
                    .toList()) {
                String prefix = database.getParent().getParent().getFileName() + "/" + database.getFileName() + "/";
                read(database, prefix, stored);
            }
        }
        return stored;
    }

    private static void read(Path database, String prefix, Map<String, String> into) throws Exception {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        try (Options options = new Options()) {
            RocksDB.listColumnFamilies(options, database.toString())
                    .forEach(name -> families.add(new ColumnFamilyDescriptor(name)));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB opened = RocksDB.openReadOnly(options, database.toString(), families, handles);
                RocksIterator records = opened.newIterator(handles.get(0))) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                into.put(
                        prefix + HexFormat.of().formatHex(records.key()),
                        HexFormat.of().formatHex(records.value()));
            }
            records.status();
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.stillwatch.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSealTest {
    private static final int DAMAGES = 200;

    @TempDir
    private Path temporary;

    private Path state;

    @BeforeEach
    void makeState() throws IOException {
        state = temporary.resolve("stillwatch");
        fill(new Random(3));
    }

    private void fill(Random random) throws IOException {
        for (String task : List.of("0_0", "0_1", "1_0")) {
            for (String file : List.of(".checkpoint_panes", "rocksdb/accounts/000009.sst", "rocksdb/panes/CURRENT")) {
                Path path = state.resolve(task).resolve(file);
                Files.createDirectories(path.getParent());
                byte[] bytes = new byte[1 + random.nextInt(300)];
                random.nextBytes(bytes);
                Files.write(path, bytes);
            }
        }
    }

    @Test
    void whatWasSealedIsLeftAlone() throws IOException {
        new StateSeal(state).close("these");
        Map<Path, String> before = content();

        assertThat(new StateSeal(state).open("these")).isEmpty();
        before.remove(state.resolve(StateSeal.FILE));
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void theSealIsBrokenByOpening() {
        new StateSeal(state).close("these");
        new StateSeal(state).open("these");

        assertThat(new StateSeal(state).open("these")).containsExactly("0_0", "0_1", "1_0");
        assertThat(state.resolve("0_0")).doesNotExist();
    }

    @Test
    void aStateThatWasNeverSealedIsNotTrusted() {
        assertThat(new StateSeal(state).open("these")).containsExactly("0_0", "0_1", "1_0");
    }

    @Test
    void nothingIsSaidOfADirectoryThatIsNotThereOrEmpty() throws IOException {
        assertThat(new StateSeal(temporary.resolve("none")).open("these")).isEmpty();
        Files.createDirectories(temporary.resolve("empty/0_0"));
        assertThat(new StateSeal(temporary.resolve("empty")).open("these")).isEmpty();
    }

    @Test
    void aCopyOfOtherChangelogsIsNotTrusted() {
        new StateSeal(state).close("others");

        assertThat(new StateSeal(state).open("these")).containsExactly("0_0", "0_1", "1_0");
    }

    @Test
    void aDirectoryThatIsGoneIsNoticed() throws IOException {
        new StateSeal(state).close("these");
        delete(state.resolve("0_1"));

        assertThat(new StateSeal(state).open("these")).containsExactly("0_1");
        assertThat(state.resolve("0_0")).exists();
    }

    @Test
    void aFileThatWasDamagedWhileItWasOpenIsFoundAtTheNextStart() throws IOException {
        new StateSeal(state).close("these");
        StateSeal running = new StateSeal(state);
        running.open("these");
        Path file = state.resolve("0_0/rocksdb/accounts/000009.sst");
        var time = Files.getLastModifiedTime(file);
        flip(file, 0);
        Files.setLastModifiedTime(file, time);
        running.close("these");

        assertThat(new StateSeal(state).open("these")).containsExactly("0_0");
    }

    @Test
    void logsAndLocksMayChange() throws IOException {
        new StateSeal(state).close("these");
        Files.writeString(state.resolve("0_0/rocksdb/accounts/LOG"), "what RocksDB did");
        Files.writeString(state.resolve("0_0/.lock"), "");

        assertThat(new StateSeal(state).open("these")).isEmpty();
    }

    @Test
    void whateverIsDamagedIsNoticedAndNothingElseIsTouched() throws IOException {
        Random random = new Random(20_261_129);
        for (int at = 0; at < DAMAGES; at++) {
            delete(state);
            fill(random);
            new StateSeal(state).close("these");
            String damaged = damage(random);

            List<String> gone = new StateSeal(state).open("these");

            if (damaged.equals(StateSeal.FILE)) {
                assertThat(gone).as("try %s", at).containsExactly("0_0", "0_1", "1_0");
            } else {
                assertThat(gone).as("try %s", at).containsExactly(damaged);
            }
            for (String task : List.of("0_0", "0_1", "1_0")) {
                assertThat(Files.exists(state.resolve(task))).isEqualTo(!gone.contains(task));
            }
        }
    }

    /** Does something to a random file; says which task it belongs to. */
    private String damage(Random random) throws IOException {
        List<Path> files = List.copyOf(content().keySet());
        Path file = files.get(random.nextInt(files.size()));
        switch (random.nextInt(5)) {
            case 0 -> flip(file, random.nextInt((int) Files.size(file) * 8));
            case 1 -> Files.write(file, new byte[] {7}, StandardOpenOption.APPEND);
            case 2 -> Files.delete(file);
            case 3 -> {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            }
            default -> Files.move(file, file.resolveSibling("moved"));
        }
        return state.relativize(file).getName(0).toString();
    }

    private static void flip(Path file, int bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
    }

    private Map<Path, String> content() throws IOException {
        Map<Path, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(file, java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

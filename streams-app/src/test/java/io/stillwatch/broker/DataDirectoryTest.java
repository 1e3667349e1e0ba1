package io.stillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private Path directory;

    @BeforeEach
    void nameADirectoryThatDoesNotExist(@TempDir Path temporary) {
        directory = temporary.resolve("some where");
    }

    @Test
    void aDirectoryOfAnotherProcessIsRefusedByItsPidAndFreeOnceThatIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DirectoryHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader says = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(says.readLine()).isEqualTo("claimed");

            assertThat(DataDirectory.owner(directory))
                    .hasValueSatisfying(owner -> assertThat(owner.pid()).isEqualTo(holder.pid()));
            assertRefused("%s is in use by the Stillwatch process with pid %d; stop it or give another --data-dir."
                    .formatted(directory, holder.pid()));
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThatCode(() -> DataDirectory.claim(directory).close()).doesNotThrowAnyException();
    }

    @Test
    void aDirectoryGivenUpCanBeTakenAgain() {
        for (int i = 0; i < 2; i++) {
            try (DataDirectory claimed = DataDirectory.claim(directory)) {
                assertThat(claimed.path()).isEqualTo(directory);
                assertThat(claimed.kafka()).hasParentRaw(directory);
                assertThat(claimed.streams()).hasParentRaw(directory);
            }
        }
    }

    @Test
    void nobodyButItsOwnerCanLookIntoIt() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions");
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory claimed = DataDirectory.claim(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(claimed.path())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve(DataDirectory.LOCK_FILE))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aNewerLayoutIsRefused() throws IOException {
        mark("layout=2\nkafka.version=4.3.1\nkafka.metadata.level=20\n");

        assertRefused(directory + " was written by a newer Stillwatch (data layout 2, this one knows 1); use that"
                + " Stillwatch or give another --data-dir.");
    }

    @Test
    void aNewerKafkaIsRefused() throws IOException {
        mark("layout=1\nkafka.version=4.10.0\nkafka.metadata.level=20\n");

        assertRefused("%s was written by Kafka 4.10.0, newer than the %s of this Stillwatch; use the Stillwatch that"
                        .formatted(directory, AppInfoParser.getVersion())
                + " wrote it or give another --data-dir.");
    }

    @Test
    void newerKafkaMetadataIsRefused() throws IOException {
        mark("layout=1\nkafka.version=4.3.1\nkafka.metadata.level=999\n");

        assertRefused("%s was written by Kafka 4.3.1, newer than the %s of this Stillwatch; use the Stillwatch that"
                        .formatted(directory, AppInfoParser.getVersion())
                + " wrote it or give another --data-dir.");
    }

    @Test
    void anOlderKafkaIsTakenOverAndTheMarkerSaysSoWhileTheMetadataLevelStays() throws IOException {
        mark("layout=1\nkafka.version=3.9.1\nkafka.metadata.level=7\n");

        DataDirectory.claim(directory).close();

        assertThat(LayoutMarker.read(directory)).contains(new LayoutMarker(1, AppInfoParser.getVersion(), (short) 7));
    }

    @Test
    void aDamagedMarkerIsRefused() throws IOException {
        mark("layout=one\n");

        assertRefused(directory.resolve("stillwatch.properties")
                + " is damaged, so it is unsafe to use the data beside it; restore the file or give another"
                + " --data-dir.");
    }

    @Test
    void somebodyElsesFilesAreLeftAlone() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("thesis.tex"), "\\section{}");

        assertRefused(directory + " is not empty and holds no Stillwatch data; give a new or empty directory as"
                + " --data-dir.");
        assertThat(directory).isDirectoryNotContaining("glob:**stillwatch*");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.writeString(directory, "");

        assertRefused(directory + " is a file where a directory is needed; give another --data-dir.");
    }

    @Test
    void aFirstUseThatWasInterruptedDoesNotLockOut() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(DataDirectory.LOCK_FILE), "pid=1\n");

        assertThatCode(() -> DataDirectory.claim(directory).close()).doesNotThrowAnyException();
    }

    private void mark(String content) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(LayoutMarker.FILE_NAME), content);
    }

    private void assertRefused(String sentence) {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> DataDirectory.claim(directory))
                .withMessage("%s", sentence);
    }
}

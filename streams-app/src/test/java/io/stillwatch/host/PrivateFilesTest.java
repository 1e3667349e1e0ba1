package io.stillwatch.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void onPosixOnly() {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aNewDirectoryAndThoseAboveItAreTheirOwnersAlone() throws IOException {
        Path deep = directory.resolve("a/b/c");

        PrivateFiles.directory(deep);

        assertThat(permissions(deep)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatOthersCouldLookIntoIsClosed() throws IOException {
        Path open = Files.createDirectory(
                directory.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        PrivateFiles.directory(open);

        assertThat(permissions(open)).isEqualTo("rwx------");
    }

    @Test
    void aNewFileIsItsOwnersAlone() throws IOException {
        Path file = directory.resolve("file");

        try (FileChannel channel =
                PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            assertThat(channel.isOpen()).isTrue();
        }

        assertThat(permissions(file)).isEqualTo("rw-------");
    }
}
